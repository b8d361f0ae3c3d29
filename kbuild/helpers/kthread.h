/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/kthread.h> for <kernel/task/kthread.hpp> */

#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>

static inline int kcxx_kthread_create(int (*function)(void *), void *data, const char *name,
				      struct task_struct **made)
{
	struct task_struct *task = kthread_create(function, data, "%s", name);

	if (IS_ERR(task))
		return PTR_ERR(task);
	/* The thread may end by itself; even then kthread_stop() needs its task. */
	*made = get_task_struct(task);
	return 0;
}

static inline void kcxx_wake_up_process(struct task_struct *task)
{
	wake_up_process(task);
}

static inline void kcxx_kthread_stop(struct task_struct *task)
{
	kthread_stop(task);
	put_task_struct(task);
}

static inline int kcxx_kthread_should_stop(void)
{
	return kthread_should_stop();
}
