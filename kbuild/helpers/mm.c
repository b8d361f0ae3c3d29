// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/mm.h> for <kernel/mm.hpp> */

#include <linux/mm.h>
#include <linux/version.h>

int kcxx_vm_insert_page(struct vm_area_struct *area, unsigned long address, struct page *page);
int kcxx_vm_insert_page(struct vm_area_struct *area, unsigned long address, struct page *page)
{
	return vm_insert_page(area, address, page);
}

bool kcxx_vm_may_write(const struct vm_area_struct *area);
bool kcxx_vm_may_write(const struct vm_area_struct *area)
{
	return area->vm_flags & VM_WRITE;
}

void kcxx_vm_never_write(struct vm_area_struct *area);
void kcxx_vm_never_write(struct vm_area_struct *area)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_clear(area, VM_MAYWRITE);
#else
	area->vm_flags &= ~VM_MAYWRITE;
#endif
}
