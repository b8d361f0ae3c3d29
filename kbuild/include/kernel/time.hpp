// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Clocks, timers and delays. C API: <linux/ktime.h>, <linux/timer.h>, <linux/hrtimer.h>,
/// <linux/delay.h>.

#pragma once

#include <kernel/time/delay.hpp>
#include <kernel/time/hrtimer.hpp>
#include <kernel/time/jiffies.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/time/timer.hpp>
