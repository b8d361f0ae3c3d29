/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/printk/ratelimit.hpp> */

#include <linux/atomic.h>
#include <linux/ratelimit.h>

enum { KCXX_RATELIMIT_ZEROED, KCXX_RATELIMIT_IN_WORK, KCXX_RATELIMIT_READY };

/*
 * C++ has no initialiser for the lock in the state, so the state is zeroed at first. While one
 * CPU sets it up, messages of other CPUs pass. C, because what orders these accesses are macros.
 */
static inline bool kcxx___ratelimit(struct ratelimit_state *state, int *ready, const char *function)
{
	if (smp_load_acquire(ready) != KCXX_RATELIMIT_READY) {
		if (cmpxchg(ready, KCXX_RATELIMIT_ZEROED, KCXX_RATELIMIT_IN_WORK) !=
		    KCXX_RATELIMIT_ZEROED)
			return true;
		ratelimit_state_init(state, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
		smp_store_release(ready, KCXX_RATELIMIT_READY);
	}
	return ___ratelimit(state, function);
}

/* A macro */
static inline int kcxx_xchg_relaxed_int(int *at, int value)
{
	return xchg_relaxed(at, value);
}
