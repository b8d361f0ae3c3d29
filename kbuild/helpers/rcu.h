/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/rcupdate.h> for <kernel/sync/rcu.hpp> */

#include <linux/atomic.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/types.h>

/* A macro of any type */
static inline void *kcxx_xchg_pointer(void **where, void *what)
{
	return xchg(where, what);
}

/* The beginning of an object that has room for the head */
struct kcxx_rcu_freed {
	struct rcu_head rcu;
};

/* A macro that takes a member */
static inline void kcxx_kfree_rcu(void *object)
{
	struct kcxx_rcu_freed *freed = object;

	kfree_rcu(freed, rcu);
}
