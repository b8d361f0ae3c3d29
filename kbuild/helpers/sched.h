/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/sched.h> for <kernel/task/sched.hpp> */

#include <linux/sched.h>

static const int KCXX_TASK_INTERRUPTIBLE = TASK_INTERRUPTIBLE;
static const int KCXX_TASK_UNINTERRUPTIBLE = TASK_UNINTERRUPTIBLE;
static const unsigned long KCXX_MAX_SCHEDULE_TIMEOUT = MAX_SCHEDULE_TIMEOUT;

static inline long kcxx_schedule_timeout(long timeout)
{
	return schedule_timeout(timeout);
}

static inline void kcxx_schedule_timeout_uninterruptible(long timeout)
{
	schedule_timeout_uninterruptible(timeout);
}

static inline void kcxx_cond_resched(void)
{
	cond_resched();
}
