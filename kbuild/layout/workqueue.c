// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/workqueue.h> that <kernel/workqueue.hpp> needs */

#include <linux/build_bug.h>
#include <linux/kbuild.h>
#include <linux/version.h>
#include <linux/workqueue.h>

void kcxx_layout_workqueue(void);
void kcxx_layout_workqueue(void)
{
	COMMENT("workqueue");
	DEFINE(KCXX_SIZEOF_WORK_STRUCT, sizeof(struct work_struct));
	DEFINE(KCXX_ALIGNOF_WORK_STRUCT, __alignof__(struct work_struct));
	DEFINE(KCXX_SIZEOF_DELAYED_WORK, sizeof(struct delayed_work));
	DEFINE(KCXX_ALIGNOF_DELAYED_WORK, __alignof__(struct delayed_work));
	OFFSET(KCXX_DELAYED_WORK_WORK, delayed_work, work);
	/* disable_work_sync() */
	DEFINE(KCXX_WORK_CAN_BE_DISABLED, LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0));
	DEFINE(KCXX_WQ_UNBOUND, WQ_UNBOUND);
	DEFINE(KCXX_WQ_FREEZABLE, WQ_FREEZABLE);
	DEFINE(KCXX_WQ_MEM_RECLAIM, WQ_MEM_RECLAIM);
	DEFINE(KCXX_WQ_HIGHPRI, WQ_HIGHPRI);
	DEFINE(KCXX_WQ_CPU_INTENSIVE, WQ_CPU_INTENSIVE);
	DEFINE(KCXX_WQ_SYSFS, WQ_SYSFS);
	DEFINE(KCXX_WQ_POWER_EFFICIENT, WQ_POWER_EFFICIENT);
}

static_assert(__same_type(((struct work_struct *)0)->func, void (*)(struct work_struct *)));
