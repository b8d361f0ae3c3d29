// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/gfp.h> and <linux/highmem.h> for <kernel/page.hpp> */

#include <linux/gfp.h>
#include <linux/highmem.h>

struct page *kcxx_alloc_page(unsigned int flags);
struct page *kcxx_alloc_page(unsigned int flags)
{
	return alloc_page((__force gfp_t)flags);
}

void kcxx___free_page(struct page *page);
void kcxx___free_page(struct page *page)
{
	__free_page(page);
}

void *kcxx_kmap_local_page(struct page *page);
void *kcxx_kmap_local_page(struct page *page)
{
	return kmap_local_page(page);
}

void kcxx_kunmap_local(const void *address);
void kcxx_kunmap_local(const void *address)
{
	kunmap_local(address);
}
