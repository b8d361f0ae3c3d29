// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/spinlock.h> for <kernel/spinlock.hpp> */

#include <linux/lockdep.h>
#include <linux/spinlock.h>

void kcxx_spin_lock_init(struct spinlock *lock, const char *name, struct lock_class_key *key);
void kcxx_spin_lock_init(struct spinlock *lock, const char *name, struct lock_class_key *key)
{
	spin_lock_init(lock);
	lockdep_set_class_and_name(lock, key, name);
}

void kcxx_spin_lock(struct spinlock *lock);
void kcxx_spin_lock(struct spinlock *lock)
{
	spin_lock(lock);
}

int kcxx_spin_trylock(struct spinlock *lock);
int kcxx_spin_trylock(struct spinlock *lock)
{
	return spin_trylock(lock);
}

void kcxx_spin_unlock(struct spinlock *lock);
void kcxx_spin_unlock(struct spinlock *lock)
{
	spin_unlock(lock);
}

unsigned long kcxx_spin_lock_irqsave(struct spinlock *lock);
unsigned long kcxx_spin_lock_irqsave(struct spinlock *lock)
{
	unsigned long flags;

	spin_lock_irqsave(lock, flags);
	return flags;
}

void kcxx_spin_unlock_irqrestore(struct spinlock *lock, unsigned long flags);
void kcxx_spin_unlock_irqrestore(struct spinlock *lock, unsigned long flags)
{
	spin_unlock_irqrestore(lock, flags);
}

void kcxx_spin_lock_bh(struct spinlock *lock);
void kcxx_spin_lock_bh(struct spinlock *lock)
{
	spin_lock_bh(lock);
}

void kcxx_spin_unlock_bh(struct spinlock *lock);
void kcxx_spin_unlock_bh(struct spinlock *lock)
{
	spin_unlock_bh(lock);
}
