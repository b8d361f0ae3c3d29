/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/ratelimit.h> for <kernel/printk/ratelimit.hpp> */

#include <linux/atomic.h>
#include <linux/ratelimit.h>

static const unsigned long KCXX_RATELIMIT_STATE_SIZE = sizeof(struct ratelimit_state);
static const unsigned long KCXX_RATELIMIT_STATE_ALIGN = __alignof__(struct ratelimit_state);

enum { UNKNOWN, IN_WORK, READY };

/*
 * C++ has no initialiser for the lock in the state, so the state is zeroed at first. While one
 * CPU sets it up, messages of other CPUs pass.
 */
static inline bool kcxx___ratelimit(struct ratelimit_state *state, int *ready, const char *function)
{
	if (smp_load_acquire(ready) != READY) {
		if (cmpxchg(ready, UNKNOWN, IN_WORK) != UNKNOWN)
			return true;
		ratelimit_state_init(state, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
		smp_store_release(ready, READY);
	}
	return ___ratelimit(state, function);
}

static inline int kcxx_xchg_relaxed_int(int *at, int value)
{
	return xchg_relaxed(at, value);
}
