// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/mm_types.h> that <kernel/mm.hpp> needs */

#include <linux/build_bug.h>
#include <linux/kbuild.h>
#include <linux/mm_types.h>

void kcxx_layout_mm(void);
void kcxx_layout_mm(void)
{
	COMMENT("mm");
	OFFSET(KCXX_VMA_START, vm_area_struct, vm_start);
	OFFSET(KCXX_VMA_END, vm_area_struct, vm_end);
	OFFSET(KCXX_VMA_PGOFF, vm_area_struct, vm_pgoff);
}

/* The members of struct vm_area_struct that <kernel/mm.hpp> uses, as it declares them */
static_assert(__same_type(((struct vm_area_struct *)0)->vm_start, unsigned long));
static_assert(__same_type(((struct vm_area_struct *)0)->vm_end, unsigned long));
static_assert(__same_type(((struct vm_area_struct *)0)->vm_pgoff, unsigned long));
