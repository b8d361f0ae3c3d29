/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/mm.h> for <kernel/memory/mm.hpp> */

#include <linux/mm.h>
#include <linux/mm_types.h>
#include <linux/version.h>

/* The flag is a macro */
static inline bool kcxx_vm_may_write(const struct vm_area_struct *area)
{
	return area->vm_flags & VM_WRITE;
}

/* New in 6.3 */
static inline void kcxx_vm_never_write(struct vm_area_struct *area)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_clear(area, VM_MAYWRITE);
#else
	area->vm_flags &= ~VM_MAYWRITE;
#endif
}
