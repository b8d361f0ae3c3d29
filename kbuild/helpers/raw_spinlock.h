/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/spinlock.h> for <kernel/sync/raw_spinlock.hpp> */

#include <linux/lockdep.h>
#include <linux/spinlock.h>

/* A macro, and the class that the validator knows the lock by */
static inline void kcxx_raw_spin_lock_init(struct raw_spinlock *lock, const char *name,
					   struct lock_class_key *key)
{
	raw_spin_lock_init(lock);
	lockdep_set_class_and_name(lock, key, name);
}

/* A macro */
static inline void kcxx_raw_spin_lock(struct raw_spinlock *lock)
{
	raw_spin_lock(lock);
}

/* A macro */
static inline int kcxx_raw_spin_trylock(struct raw_spinlock *lock)
{
	return raw_spin_trylock(lock);
}

/* A macro */
static inline void kcxx_raw_spin_unlock(struct raw_spinlock *lock)
{
	raw_spin_unlock(lock);
}

/* A macro that sets its argument */
static inline unsigned long kcxx_raw_spin_lock_irqsave(struct raw_spinlock *lock)
{
	unsigned long flags;

	raw_spin_lock_irqsave(lock, flags);
	return flags;
}

/* A macro */
static inline void kcxx_raw_spin_unlock_irqrestore(struct raw_spinlock *lock, unsigned long flags)
{
	raw_spin_unlock_irqrestore(lock, flags);
}

/* A macro */
static inline void kcxx_raw_spin_lock_bh(struct raw_spinlock *lock)
{
	raw_spin_lock_bh(lock);
}

/* A macro */
static inline void kcxx_raw_spin_unlock_bh(struct raw_spinlock *lock)
{
	raw_spin_unlock_bh(lock);
}
