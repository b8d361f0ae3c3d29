// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Clocks and timers. C API: <linux/ktime.h>, <linux/timer.h>, <linux/hrtimer.h>.

#pragma once

#include <kernel/time/hrtimer.hpp>
#include <kernel/time/jiffies.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/time/timer.hpp>
