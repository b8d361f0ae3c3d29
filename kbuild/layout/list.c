// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/list.h> that <kernel/list.hpp> needs */

#include <linux/build_bug.h>
#include <linux/kbuild.h>
#include <linux/types.h>

void kcxx_layout_list(void);
void kcxx_layout_list(void)
{
	COMMENT("list");
	DEFINE(KCXX_SIZEOF_LIST_HEAD, sizeof(struct list_head));
}

/* ListNode in C++ has this layout. */
static_assert(offsetof(struct list_head, next) == 0);
static_assert(offsetof(struct list_head, prev) == sizeof(void *));
