/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/wait.h> for <kernel/sync/wait.hpp> */

#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/wait.h>

static inline void kcxx_init_waitqueue_head(struct wait_queue_head *queue, const char *name,
			      struct lock_class_key *key)
{
	__init_waitqueue_head(queue, name, key);
}

static inline void kcxx_init_wait_entry(struct wait_queue_entry *entry)
{
	/* Exclusive: wake_up() wakes one. */
	init_wait_entry(entry, WQ_FLAG_EXCLUSIVE);
}

static inline long kcxx_prepare_to_wait_event(struct wait_queue_head *queue, struct wait_queue_entry *entry,
				int state)
{
	return prepare_to_wait_event(queue, entry, state);
}

static inline void kcxx_finish_wait(struct wait_queue_head *queue, struct wait_queue_entry *entry)
{
	finish_wait(queue, entry);
}

static inline void kcxx_wake_up(struct wait_queue_head *queue)
{
	wake_up(queue);
}

static inline void kcxx_wake_up_all(struct wait_queue_head *queue)
{
	wake_up_all(queue);
}
