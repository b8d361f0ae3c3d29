/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/gfp.h> and <linux/highmem.h> for <kernel/memory/page.hpp> */

#include <asm/page.h>
#include <linux/gfp.h>
#include <linux/highmem.h>

static const unsigned long KCXX_PAGE_SIZE = PAGE_SIZE;

/* A macro */
static inline struct page *kcxx_alloc_page(unsigned int flags)
{
	return alloc_page((__force gfp_t)flags);
}

/* A macro */
static inline void kcxx___free_page(struct page *page)
{
	__free_page(page);
}

/* A macro */
static inline void kcxx_kunmap_local(const void *address)
{
	kunmap_local(address);
}

/* A macro on some configurations */
static inline void *kcxx_page_address(struct page *page)
{
	return page_address(page);
}
