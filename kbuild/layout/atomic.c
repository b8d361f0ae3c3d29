// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/atomic.h> that <kernel/atomic.hpp> needs */

#include <linux/atomic.h>
#include <linux/kbuild.h>

void kcxx_layout_atomic(void);
void kcxx_layout_atomic(void)
{
	COMMENT("atomic");
	DEFINE(KCXX_SIZEOF_ATOMIC, sizeof(atomic_t));
	DEFINE(KCXX_SIZEOF_ATOMIC64, sizeof(atomic64_t));
	DEFINE(KCXX_ALIGNOF_ATOMIC64, __alignof__(atomic64_t));
}
