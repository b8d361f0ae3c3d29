// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/sched.h> for <kernel/sched.hpp> */

#include <linux/sched.h>

long kcxx_schedule_timeout(long timeout);
long kcxx_schedule_timeout(long timeout)
{
	return schedule_timeout(timeout);
}

void kcxx_schedule_timeout_uninterruptible(long timeout);
void kcxx_schedule_timeout_uninterruptible(long timeout)
{
	schedule_timeout_uninterruptible(timeout);
}

void kcxx_cond_resched(void);
void kcxx_cond_resched(void)
{
	cond_resched();
}
