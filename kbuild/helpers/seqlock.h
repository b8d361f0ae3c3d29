/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/seqlock.h> for <kernel/sync/seqlock.hpp> */

#include <linux/lockdep.h>
#include <linux/seqlock.h>

/* A macro, and the class that the validator knows the lock by */
static inline void kcxx_seqlock_init(seqlock_t *lock, const char *name, struct lock_class_key *key,
				     struct lock_class_key *inner)
{
	seqlock_init(lock);
	lockdep_set_class_and_name(&lock->lock, key, name);
	lockdep_set_class_and_name(&lock->seqcount.seqcount, inner, name);
}

/* A macro that sets its argument */
static inline unsigned long kcxx_write_seqlock_irqsave(seqlock_t *lock)
{
	unsigned long flags;

	write_seqlock_irqsave(lock, flags);
	return flags;
}
