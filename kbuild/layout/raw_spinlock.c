// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What <kernel/raw_spinlock.hpp> needs to know of <linux/spinlock.h> */

#include <linux/kbuild.h>
#include <linux/spinlock.h>

void kcxx_layout_raw_spinlock(void);
void kcxx_layout_raw_spinlock(void)
{
	COMMENT("raw_spinlock");
	DEFINE(KCXX_SIZEOF_RAW_SPINLOCK, sizeof(struct raw_spinlock));
	DEFINE(KCXX_ALIGNOF_RAW_SPINLOCK, __alignof__(struct raw_spinlock));
}
