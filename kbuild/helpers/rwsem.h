/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/rwsem.h> for <kernel/sync/rwsem.hpp> */

#include <linux/lockdep.h>
#include <linux/rwsem.h>

static inline void kcxx_init_rwsem(struct rw_semaphore *lock, const char *name, struct lock_class_key *key)
{
	init_rwsem(lock);
	lockdep_set_class_and_name(lock, key, name);
}

static inline void kcxx_down_read(struct rw_semaphore *lock)
{
	down_read(lock);
}

static inline void kcxx_up_read(struct rw_semaphore *lock)
{
	up_read(lock);
}

static inline void kcxx_down_write(struct rw_semaphore *lock)
{
	down_write(lock);
}

static inline void kcxx_up_write(struct rw_semaphore *lock)
{
	up_write(lock);
}

static inline int kcxx_down_read_trylock(struct rw_semaphore *lock)
{
	return down_read_trylock(lock);
}

static inline int kcxx_down_write_trylock(struct rw_semaphore *lock)
{
	return down_write_trylock(lock);
}
