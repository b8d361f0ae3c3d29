// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/refcount.h> that <kernel/refcount.hpp> needs */

#include <linux/kbuild.h>
#include <linux/refcount.h>

void kcxx_layout_refcount(void);
void kcxx_layout_refcount(void)
{
	COMMENT("refcount");
	DEFINE(KCXX_REFCOUNT_SIZE, sizeof(refcount_t));
	DEFINE(KCXX_REFCOUNT_ALIGN, __alignof__(refcount_t));
}
