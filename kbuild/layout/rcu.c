// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/types.h> that <kernel/rcu.hpp> needs */

#include <linux/kbuild.h>
#include <linux/types.h>

void kcxx_layout_rcu(void);
void kcxx_layout_rcu(void)
{
	COMMENT("rcu");
	DEFINE(KCXX_SIZEOF_RCU_HEAD, sizeof(struct rcu_head));
	DEFINE(KCXX_ALIGNOF_RCU_HEAD, __alignof__(struct rcu_head));
}
