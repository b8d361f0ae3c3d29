// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/timer.h> that <kernel/timer.hpp> needs */

#include <linux/build_bug.h>
#include <linux/kbuild.h>
#include <linux/timer.h>
#include <linux/version.h>

void kcxx_layout_timer(void);
void kcxx_layout_timer(void)
{
	COMMENT("timer");
	DEFINE(KCXX_SIZEOF_TIMER_LIST, sizeof(struct timer_list));
	DEFINE(KCXX_ALIGNOF_TIMER_LIST, __alignof__(struct timer_list));
	/* timer_shutdown_sync() */
	DEFINE(KCXX_TIMER_CAN_BE_SHUT_DOWN, LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0));
}

static_assert(__same_type(((struct timer_list *)0)->function, void (*)(struct timer_list *)));
