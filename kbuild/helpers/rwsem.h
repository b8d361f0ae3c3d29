/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/rwsem.h> for <kernel/sync/rwsem.hpp> */

#include <linux/lockdep.h>
#include <linux/rwsem.h>

/* A macro, and the class that the validator knows the lock by */
static inline void kcxx_init_rwsem(struct rw_semaphore *lock, const char *name,
				   struct lock_class_key *key)
{
	init_rwsem(lock);
	lockdep_set_class_and_name(lock, key, name);
}
