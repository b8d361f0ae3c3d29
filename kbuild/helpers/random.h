/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/random.h> for <kernel/random.hpp> */

#include <linux/random.h>

static inline void kcxx_get_random_bytes(void *to, unsigned long size)
{
	get_random_bytes(to, size);
}

static inline u32 kcxx_get_random_u32_below(u32 ceiling)
{
	return get_random_u32_below(ceiling);
}
