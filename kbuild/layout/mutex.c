// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What <kernel/mutex.hpp> needs to know of <linux/mutex.h> */

#include <linux/kbuild.h>
#include <linux/mutex.h>

void kcxx_layout_mutex(void);
void kcxx_layout_mutex(void)
{
	COMMENT("mutex");
	DEFINE(KCXX_SIZEOF_MUTEX, sizeof(struct mutex));
	DEFINE(KCXX_ALIGNOF_MUTEX, __alignof__(struct mutex));
}
