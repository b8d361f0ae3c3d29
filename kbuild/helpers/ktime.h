/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/ktime.h> for <kernel/time/ktime.hpp> */

#include <linux/ktime.h>
#include <linux/timekeeping.h>
