/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* kmem_cache_*() of <linux/slab.h> for <kernel/memory/slab_cache.hpp> */

#include <linux/slab.h>

/*
 * The kernel does not report objects left in a cache that shares its slabs. Kernels before 6.5
 * have no flag against sharing; they merge no cache that user copies may reach.
 */
static inline struct kmem_cache *kcxx_kmem_cache_create(const char *name, unsigned int size,
							unsigned int align)
{
#ifdef SLAB_NO_MERGE
	return kmem_cache_create(name, size, align, SLAB_NO_MERGE, NULL);
#else
	return kmem_cache_create_usercopy(name, size, align, 0, 0, 1, NULL);
#endif
}

/* A macro since 6.10 */
static inline void *kcxx_kmem_cache_alloc(struct kmem_cache *cache, unsigned int flags)
{
	return kmem_cache_alloc(cache, (__force gfp_t)flags);
}
