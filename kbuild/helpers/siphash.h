/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/siphash.h> for <kernel/containers/hash.hpp> */

#include <linux/siphash.h>

static const unsigned long KCXX_HSIPHASH_WORDS = sizeof(hsiphash_key_t) / sizeof(unsigned long);

/* The key has no tag by which C++ could name its type. */
static inline u32 kcxx_hsiphash(const void *data, size_t size, const unsigned long *secret)
{
	return hsiphash(data, size, (const hsiphash_key_t *)secret);
}

static inline u32 kcxx_hsiphash_u32(u32 value, const unsigned long *secret)
{
	return hsiphash_1u32(value, (const hsiphash_key_t *)secret);
}

static inline u32 kcxx_hsiphash_u64(u64 value, const unsigned long *secret)
{
	return hsiphash_2u32((u32)value, (u32)(value >> 32), (const hsiphash_key_t *)secret);
}
