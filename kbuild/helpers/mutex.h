/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/mutex.h> for <kernel/sync/mutex.hpp> */

#include <linux/lockdep.h>
#include <linux/mutex.h>

static inline void kcxx_mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
{
	mutex_init(lock);
	lockdep_set_class_and_name(lock, key, name);
}

static inline void kcxx_mutex_lock(struct mutex *lock)
{
	mutex_lock(lock);
}

static inline int kcxx_mutex_lock_interruptible(struct mutex *lock)
{
	return mutex_lock_interruptible(lock);
}

static inline int kcxx_mutex_trylock(struct mutex *lock)
{
	return mutex_trylock(lock);
}

static inline void kcxx_mutex_unlock(struct mutex *lock)
{
	mutex_unlock(lock);
}
