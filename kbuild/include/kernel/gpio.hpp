// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// GPIO lines: their use, and drivers for chips that have them. C API: <linux/gpio/consumer.h>,
/// <linux/gpio/driver.h>.

#pragma once

#include <kernel/gpio/chip.hpp>
#include <kernel/gpio/consumer.hpp>
#include <kernel/gpio/lookup.hpp>
#include <kernel/gpio/several.hpp>
#include <kernel/gpio/trigger.hpp>
