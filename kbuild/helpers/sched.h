/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/task/sched.hpp> and <kernel/sync/wait.hpp> */

#include <linux/sched.h>

/* Macros */
static const int KCXX_TASK_INTERRUPTIBLE = TASK_INTERRUPTIBLE;
static const int KCXX_TASK_UNINTERRUPTIBLE = TASK_UNINTERRUPTIBLE;
static const unsigned long KCXX_MAX_SCHEDULE_TIMEOUT = MAX_SCHEDULE_TIMEOUT;

/* A macro */
static inline void kcxx_cond_resched(void)
{
	cond_resched();
}
