// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/miscdevice.h> that <kernel/miscdevice.hpp> needs */

#include <linux/kbuild.h>
#include <linux/miscdevice.h>

void kcxx_layout_miscdevice(void);
void kcxx_layout_miscdevice(void)
{
	COMMENT("miscdevice");
	DEFINE(KCXX_SIZEOF_MISCDEVICE, sizeof(struct miscdevice));
	DEFINE(KCXX_ALIGNOF_MISCDEVICE, __alignof__(struct miscdevice));
}
