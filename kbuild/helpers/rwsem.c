// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/rwsem.h> for <kernel/rwsem.hpp> */

#include <linux/lockdep.h>
#include <linux/rwsem.h>

void kcxx_init_rwsem(struct rw_semaphore *lock, const char *name, struct lock_class_key *key);
void kcxx_init_rwsem(struct rw_semaphore *lock, const char *name, struct lock_class_key *key)
{
	init_rwsem(lock);
	lockdep_set_class_and_name(lock, key, name);
}

void kcxx_down_read(struct rw_semaphore *lock);
void kcxx_down_read(struct rw_semaphore *lock)
{
	down_read(lock);
}

void kcxx_up_read(struct rw_semaphore *lock);
void kcxx_up_read(struct rw_semaphore *lock)
{
	up_read(lock);
}

void kcxx_down_write(struct rw_semaphore *lock);
void kcxx_down_write(struct rw_semaphore *lock)
{
	down_write(lock);
}

void kcxx_up_write(struct rw_semaphore *lock);
void kcxx_up_write(struct rw_semaphore *lock)
{
	up_write(lock);
}

int kcxx_down_read_trylock(struct rw_semaphore *lock);
int kcxx_down_read_trylock(struct rw_semaphore *lock)
{
	return down_read_trylock(lock);
}

int kcxx_down_write_trylock(struct rw_semaphore *lock);
int kcxx_down_write_trylock(struct rw_semaphore *lock)
{
	return down_write_trylock(lock);
}
