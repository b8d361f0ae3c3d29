// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/sched.h> that <kernel/sched.hpp> needs */

#include <linux/kbuild.h>
#include <linux/sched.h>

void kcxx_layout_sched(void);
void kcxx_layout_sched(void)
{
	COMMENT("sched");
	DEFINE(KCXX_TASK_INTERRUPTIBLE, TASK_INTERRUPTIBLE);
	DEFINE(KCXX_TASK_UNINTERRUPTIBLE, TASK_UNINTERRUPTIBLE);
	DEFINE(KCXX_MAX_SCHEDULE_TIMEOUT, MAX_SCHEDULE_TIMEOUT);
}
