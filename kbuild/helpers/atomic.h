/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * <linux/atomic.h> for <kernel/atomic.hpp>: each operation is one function for 32 bits and one
 * for 64, in the kernel's four orders where the kernel has them
 */

#include <linux/atomic.h>
#include <linux/types.h>

/* DEFINE_0(atomic, int, read): int kcxx_atomic_read(atomic_t *v) */
#define DEFINE_0(atomic, type, name)                                                               \
	static inline type kcxx_##atomic##_##name(const atomic##_t *v)                                           \
	{                                                                                          \
		return atomic##_##name(v);                                                         \
	}

#define DEFINE_SET(atomic, type, name)                                                             \
	static inline void kcxx_##atomic##_##name(atomic##_t *v, type i)                                         \
	{                                                                                          \
		atomic##_##name(v, i);                                                             \
	}

#define DEFINE_ADD(atomic, type, name)                                                             \
	static inline void kcxx_##atomic##_##name(atomic##_t *v, type i)                                         \
	{                                                                                          \
		atomic##_##name(i, v);                                                             \
	}

#define DEFINE_FETCH(atomic, type, name)                                                           \
	static inline type kcxx_##atomic##_##name(atomic##_t *v, type i)                                         \
	{                                                                                          \
		return atomic##_##name(i, v);                                                      \
	}

#define DEFINE_XCHG(atomic, type, name)                                                            \
	static inline type kcxx_##atomic##_##name(atomic##_t *v, type i)                                         \
	{                                                                                          \
		return atomic##_##name(v, i);                                                      \
	}

#define DEFINE_CMPXCHG(atomic, type, name)                                                         \
	static inline type kcxx_##atomic##_##name(atomic##_t *v, type old, type new)                             \
	{                                                                                          \
		return atomic##_##name(v, old, new);                                               \
	}

/* DEFINE_ORDERS(FETCH, atomic, int, fetch_add): itself, _relaxed, _acquire and _release */
#define DEFINE_ORDERS(KIND, atomic, type, name)                                                    \
	DEFINE_##KIND(atomic, type, name) DEFINE_##KIND(atomic, type, name##_relaxed)              \
		DEFINE_##KIND(atomic, type, name##_acquire)                                        \
			DEFINE_##KIND(atomic, type, name##_release)

#define DEFINE_ALL(atomic, type)                                                                   \
	DEFINE_0(atomic, type, read)                                                               \
	DEFINE_0(atomic, type, read_acquire)                                                       \
	DEFINE_SET(atomic, type, set)                                                              \
	DEFINE_SET(atomic, type, set_release)                                                      \
	DEFINE_ADD(atomic, type, add)                                                              \
	DEFINE_ADD(atomic, type, and)                                                              \
	DEFINE_ADD(atomic, type, or)                                                               \
	DEFINE_ORDERS(FETCH, atomic, type, fetch_add)                                              \
	DEFINE_ORDERS(FETCH, atomic, type, fetch_and)                                              \
	DEFINE_ORDERS(FETCH, atomic, type, fetch_or)                                               \
	DEFINE_ORDERS(XCHG, atomic, type, xchg)                                                    \
	DEFINE_ORDERS(CMPXCHG, atomic, type, cmpxchg)

DEFINE_ALL(atomic, int)
DEFINE_ALL(atomic64, s64)
