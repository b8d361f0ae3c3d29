/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/wait.h> for <kernel/sync/wait.hpp> */

#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/wait.h>

/* The flag is a macro */
static inline void kcxx_init_wait_entry(struct wait_queue_entry *entry)
{
	/* Exclusive: wake_up() wakes one. */
	init_wait_entry(entry, WQ_FLAG_EXCLUSIVE);
}

/* A macro */
static inline void kcxx_wake_up(struct wait_queue_head *queue)
{
	wake_up(queue);
}

/* A macro */
static inline void kcxx_wake_up_all(struct wait_queue_head *queue)
{
	wake_up_all(queue);
}
