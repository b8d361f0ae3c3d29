// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Pulse-width modulation: drivers for chips that have it, and for devices that use it. C API:
/// <linux/pwm.h>.

#pragma once

#include <kernel/pwm/chip.hpp>
#include <kernel/pwm/consumer.hpp>
#include <kernel/pwm/state.hpp>
