// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/seqlock.h> that <kernel/seqlock.hpp> needs */

#include <linux/kbuild.h>
#include <linux/seqlock.h>

void kcxx_layout_seqlock(void);
void kcxx_layout_seqlock(void)
{
	COMMENT("seqlock");
	DEFINE(KCXX_SIZEOF_SEQLOCK, sizeof(seqlock_t));
	DEFINE(KCXX_ALIGNOF_SEQLOCK, __alignof__(seqlock_t));
}
