// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/lockdep.h> that <kernel/lockdep.hpp> needs */

#include <linux/kbuild.h>
#include <linux/lockdep.h>

void kcxx_layout_lockdep(void);
void kcxx_layout_lockdep(void)
{
	COMMENT("lockdep");
	DEFINE(KCXX_LOCKDEP, IS_ENABLED(CONFIG_LOCKDEP));
	DEFINE(KCXX_SIZEOF_LOCK_CLASS_KEY, sizeof(struct lock_class_key));
	DEFINE(KCXX_ALIGNOF_LOCK_CLASS_KEY, __alignof__(struct lock_class_key));
}
