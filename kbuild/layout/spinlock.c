// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What <kernel/spinlock.hpp> needs to know of <linux/spinlock.h> */

#include <linux/kbuild.h>
#include <linux/spinlock.h>

void kcxx_layout_spinlock(void);
void kcxx_layout_spinlock(void)
{
	COMMENT("spinlock");
	DEFINE(KCXX_SIZEOF_SPINLOCK, sizeof(struct spinlock));
	DEFINE(KCXX_ALIGNOF_SPINLOCK, __alignof__(struct spinlock));
}
