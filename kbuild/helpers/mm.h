/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/mm.h> for <kernel/memory/mm.hpp> */

#include <linux/mm.h>
#include <linux/mm_types.h>
#include <linux/version.h>

static const unsigned long KCXX_VMA_START = offsetof(struct vm_area_struct, vm_start);
static const unsigned long KCXX_VMA_END = offsetof(struct vm_area_struct, vm_end);
static const unsigned long KCXX_VMA_PGOFF = offsetof(struct vm_area_struct, vm_pgoff);

static inline int kcxx_vm_insert_page(struct vm_area_struct *area, unsigned long address, struct page *page)
{
	return vm_insert_page(area, address, page);
}

static inline bool kcxx_vm_may_write(const struct vm_area_struct *area)
{
	return area->vm_flags & VM_WRITE;
}

static inline void kcxx_vm_never_write(struct vm_area_struct *area)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_clear(area, VM_MAYWRITE);
#else
	area->vm_flags &= ~VM_MAYWRITE;
#endif
}
