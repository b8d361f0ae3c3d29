// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/seqlock.h> for <kernel/seqlock.hpp>; seqlock_t has no struct that C++ could name */

#include <linux/lockdep.h>
#include <linux/seqlock.h>

void kcxx_seqlock_init(void *lock, const char *name, struct lock_class_key *key,
		       struct lock_class_key *inner);
void kcxx_seqlock_init(void *lock, const char *name, struct lock_class_key *key,
		       struct lock_class_key *inner)
{
	seqlock_t *seqlock = lock;

	seqlock_init(seqlock);
	lockdep_set_class_and_name(&seqlock->lock, key, name);
	lockdep_set_class_and_name(&seqlock->seqcount.seqcount, inner, name);
}

unsigned int kcxx_read_seqbegin(const void *lock);
unsigned int kcxx_read_seqbegin(const void *lock)
{
	return read_seqbegin(lock);
}

unsigned int kcxx_read_seqretry(const void *lock, unsigned int start);
unsigned int kcxx_read_seqretry(const void *lock, unsigned int start)
{
	return read_seqretry(lock, start);
}

void kcxx_write_seqlock(void *lock);
void kcxx_write_seqlock(void *lock)
{
	write_seqlock(lock);
}

void kcxx_write_sequnlock(void *lock);
void kcxx_write_sequnlock(void *lock)
{
	write_sequnlock(lock);
}

unsigned long kcxx_write_seqlock_irqsave(void *lock);
unsigned long kcxx_write_seqlock_irqsave(void *lock)
{
	seqlock_t *seqlock = lock;
	unsigned long flags;

	write_seqlock_irqsave(seqlock, flags);
	return flags;
}

void kcxx_write_sequnlock_irqrestore(void *lock, unsigned long flags);
void kcxx_write_sequnlock_irqrestore(void *lock, unsigned long flags)
{
	write_sequnlock_irqrestore(lock, flags);
}
