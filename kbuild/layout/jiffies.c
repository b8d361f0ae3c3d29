// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What <kernel/jiffies.hpp> needs to know of <linux/jiffies.h> */

#include <linux/jiffies.h>
#include <linux/kbuild.h>

void kcxx_layout_jiffies(void);
void kcxx_layout_jiffies(void)
{
	COMMENT("jiffies");
	DEFINE(KCXX_HZ, HZ);
	DEFINE(KCXX_MAX_JIFFY_OFFSET, MAX_JIFFY_OFFSET);
}
