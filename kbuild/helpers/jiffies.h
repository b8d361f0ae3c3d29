/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/time/jiffies.hpp> */

#include <linux/jiffies.h>

static const int KCXX_HZ = HZ;
static const unsigned long KCXX_MAX_JIFFY_OFFSET = MAX_JIFFY_OFFSET;
