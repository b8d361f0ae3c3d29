/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/mutex.h> for <kernel/sync/mutex.hpp> */

#include <linux/lockdep.h>
#include <linux/mutex.h>

/* A macro, and the class that the validator knows the lock by */
static inline void kcxx_mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
{
	mutex_init(lock);
	lockdep_set_class_and_name(lock, key, name);
}

/* A macro with the lock validator */
static inline void kcxx_mutex_lock(struct mutex *lock)
{
	mutex_lock(lock);
}

/* A macro with the lock validator */
static inline int kcxx_mutex_lock_interruptible(struct mutex *lock)
{
	return mutex_lock_interruptible(lock);
}

/* A macro with the lock validator */
static inline int kcxx_mutex_trylock(struct mutex *lock)
{
	return mutex_trylock(lock);
}

/* A macro with the lock validator */
static inline void kcxx_mutex_unlock(struct mutex *lock)
{
	mutex_unlock(lock);
}
