// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/slab.h> that <kernel/slab.hpp> needs */

#include <linux/kbuild.h>
#include <linux/slab.h>

void kcxx_layout_slab(void);
void kcxx_layout_slab(void)
{
	COMMENT("slab");
	DEFINE(KCXX_GFP_KERNEL, (__force unsigned int)GFP_KERNEL);
	DEFINE(KCXX_GFP_ATOMIC, (__force unsigned int)GFP_ATOMIC);
	DEFINE(KCXX_GFP_NOWAIT, (__force unsigned int)GFP_NOWAIT);
	DEFINE(KCXX_GFP_NOIO, (__force unsigned int)GFP_NOIO);
	DEFINE(KCXX_GFP_NOFS, (__force unsigned int)GFP_NOFS);
	DEFINE(KCXX_GFP_KERNEL_ACCOUNT, (__force unsigned int)GFP_KERNEL_ACCOUNT);
	DEFINE(KCXX___GFP_ZERO, (__force unsigned int)__GFP_ZERO);
	DEFINE(KCXX___GFP_NOWARN, (__force unsigned int)__GFP_NOWARN);
	DEFINE(KCXX_ARCH_KMALLOC_MINALIGN, ARCH_KMALLOC_MINALIGN);
	DEFINE(KCXX_KMALLOC_MAX_SIZE, KMALLOC_MAX_SIZE);
}
