// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/slab.h> for <kernel/slab.hpp> */

#include <linux/slab.h>

void *kcxx_kmalloc(size_t size, unsigned int flags);
void *kcxx_kmalloc(size_t size, unsigned int flags)
{
	return kmalloc(size, (__force gfp_t)flags);
}

void *kcxx_krealloc(const void *memory, size_t size, unsigned int flags);
void *kcxx_krealloc(const void *memory, size_t size, unsigned int flags)
{
	return krealloc(memory, size, (__force gfp_t)flags);
}

void kcxx_kfree(const void *memory);
void kcxx_kfree(const void *memory)
{
	kfree(memory);
}
