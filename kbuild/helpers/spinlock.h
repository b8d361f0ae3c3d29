/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/spinlock.h> for <kernel/sync/spinlock.hpp> */

#include <linux/lockdep.h>
#include <linux/spinlock.h>

/* A macro, and the class that the validator knows the lock by */
static inline void kcxx_spin_lock_init(struct spinlock *lock, const char *name,
				       struct lock_class_key *key)
{
	spin_lock_init(lock);
	lockdep_set_class_and_name(lock, key, name);
}

/* A macro on PREEMPT_RT */
static inline int kcxx_spin_trylock(struct spinlock *lock)
{
	return spin_trylock(lock);
}

/* A macro that sets its argument */
static inline unsigned long kcxx_spin_lock_irqsave(struct spinlock *lock)
{
	unsigned long flags;

	spin_lock_irqsave(lock, flags);
	return flags;
}
