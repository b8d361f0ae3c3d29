// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// GPIO lines: their use, and drivers for chips that have them. C API: <linux/gpio/consumer.h>,
/// <linux/gpio/driver.h>.

#pragma once

#include <kernel/gpio/chip.hpp>
#include <kernel/gpio/chip_config.hpp>
#include <kernel/gpio/chip_irqs.hpp>
#include <kernel/gpio/chip_lines.hpp>
#include <kernel/gpio/consumer.hpp>
#include <kernel/gpio/lookup.hpp>
#include <kernel/gpio/nested_irqs.hpp>
#include <kernel/gpio/several.hpp>
#include <kernel/gpio/trigger.hpp>
