// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/rwsem.h> that <kernel/rwsem.hpp> needs */

#include <linux/kbuild.h>
#include <linux/rwsem.h>

void kcxx_layout_rwsem(void);
void kcxx_layout_rwsem(void)
{
	COMMENT("rwsem");
	DEFINE(KCXX_SIZEOF_RW_SEMAPHORE, sizeof(struct rw_semaphore));
	DEFINE(KCXX_ALIGNOF_RW_SEMAPHORE, __alignof__(struct rw_semaphore));
}
