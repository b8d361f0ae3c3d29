// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/hrtimer.h> that <kernel/hrtimer.hpp> needs */

#include <linux/build_bug.h>
#include <linux/hrtimer.h>
#include <linux/kbuild.h>

void kcxx_layout_hrtimer(void);
void kcxx_layout_hrtimer(void)
{
	COMMENT("hrtimer");
	DEFINE(KCXX_SIZEOF_HRTIMER, sizeof(struct hrtimer));
	DEFINE(KCXX_ALIGNOF_HRTIMER, __alignof__(struct hrtimer));
	DEFINE(KCXX_HRTIMER_NORESTART, HRTIMER_NORESTART);
	DEFINE(KCXX_HRTIMER_RESTART, HRTIMER_RESTART);
	DEFINE(KCXX_HRTIMER_MODE_HARD, HRTIMER_MODE_ABS);
	DEFINE(KCXX_HRTIMER_MODE_SOFT, HRTIMER_MODE_ABS_SOFT);
	DEFINE(KCXX_HRTIMER_MODE_REL, HRTIMER_MODE_REL);
}

/* The types as <kernel/hrtimer.hpp> and <kernel/ktime.hpp> declare them */
static_assert(sizeof(enum hrtimer_restart) == sizeof(unsigned int));
static_assert(__same_type(ktime_t, long long));
