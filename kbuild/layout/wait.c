// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/wait.h> that <kernel/wait.hpp> needs */

#include <linux/kbuild.h>
#include <linux/wait.h>

void kcxx_layout_wait(void);
void kcxx_layout_wait(void)
{
	COMMENT("wait");
	DEFINE(KCXX_SIZEOF_WAIT_QUEUE_HEAD, sizeof(struct wait_queue_head));
	DEFINE(KCXX_ALIGNOF_WAIT_QUEUE_HEAD, __alignof__(struct wait_queue_head));
	DEFINE(KCXX_SIZEOF_WAIT_QUEUE_ENTRY, sizeof(struct wait_queue_entry));
	DEFINE(KCXX_ALIGNOF_WAIT_QUEUE_ENTRY, __alignof__(struct wait_queue_entry));
}
