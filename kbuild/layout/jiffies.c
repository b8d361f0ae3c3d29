// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/jiffies.h> that <kernel/jiffies.hpp> needs */

#include <linux/jiffies.h>
#include <linux/kbuild.h>

void kcxx_layout_jiffies(void);
void kcxx_layout_jiffies(void)
{
	COMMENT("jiffies");
	DEFINE(KCXX_HZ, HZ);
	DEFINE(KCXX_MAX_JIFFY_OFFSET, MAX_JIFFY_OFFSET);
}
