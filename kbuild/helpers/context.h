/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/kernel.h> and <linux/preempt.h> for <kernel/sync/context.hpp> */

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/sched.h>

/* A macro */
static inline void kcxx_might_sleep(void)
{
	might_sleep();
}

/* Macros */
static inline void kcxx_assert_atomic(void)
{
	/* Without CONFIG_PREEMPT_COUNT preemptible() is always 0. */
	WARN_ON_ONCE(preemptible());
}
