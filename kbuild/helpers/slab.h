/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/slab.h> for <kernel/memory/slab.hpp> */

#include <linux/slab.h>

static const unsigned int KCXX_GFP_KERNEL = (__force unsigned int)GFP_KERNEL;
static const unsigned int KCXX_GFP_ATOMIC = (__force unsigned int)GFP_ATOMIC;
static const unsigned int KCXX_GFP_NOWAIT = (__force unsigned int)GFP_NOWAIT;
static const unsigned int KCXX_GFP_NOIO = (__force unsigned int)GFP_NOIO;
static const unsigned int KCXX_GFP_NOFS = (__force unsigned int)GFP_NOFS;
static const unsigned int KCXX_GFP_KERNEL_ACCOUNT = (__force unsigned int)GFP_KERNEL_ACCOUNT;
static const unsigned int KCXX___GFP_ZERO = (__force unsigned int)__GFP_ZERO;
static const unsigned int KCXX___GFP_NOWARN = (__force unsigned int)__GFP_NOWARN;
static const unsigned long KCXX_ARCH_KMALLOC_MINALIGN = ARCH_KMALLOC_MINALIGN;
static const unsigned long KCXX_KMALLOC_MAX_SIZE = KMALLOC_MAX_SIZE;

/* A macro since 6.10 */
static inline void *kcxx_kmalloc(size_t size, unsigned int flags)
{
	return kmalloc(size, (__force gfp_t)flags);
}

/* A macro since 6.10 */
static inline void *kcxx_krealloc(const void *memory, size_t size, unsigned int flags)
{
	return krealloc(memory, size, (__force gfp_t)flags);
}
