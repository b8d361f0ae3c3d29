/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/task/workqueue.hpp> */

#include <linux/lockdep.h>
#include <linux/sched/task_stack.h>
#include <linux/version.h>
#include <linux/workqueue.h>

/* disable_work_sync() is new in 6.10. */
static const int KCXX_WORK_CAN_BE_DISABLED = LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0);

/* The library has constants with the names of these. */
static const unsigned int KCXX_WQ_UNBOUND = WQ_UNBOUND;
static const unsigned int KCXX_WQ_FREEZABLE = WQ_FREEZABLE;
static const unsigned int KCXX_WQ_MEM_RECLAIM = WQ_MEM_RECLAIM;
static const unsigned int KCXX_WQ_HIGHPRI = WQ_HIGHPRI;
static const unsigned int KCXX_WQ_CPU_INTENSIVE = WQ_CPU_INTENSIVE;
static const unsigned int KCXX_WQ_SYSFS = WQ_SYSFS;
static const unsigned int KCXX_WQ_POWER_EFFICIENT = WQ_POWER_EFFICIENT;

/* A macro in newer kernels; WQ_PERCPU is explicit since 6.17. */
static inline struct workqueue_struct *kcxx_alloc_workqueue(const char *name, unsigned int flags,
							    int max_active)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
	if (!(flags & WQ_UNBOUND))
		flags |= WQ_PERCPU;
#endif
	return alloc_workqueue("%s", flags, max_active, name);
}

/* A macro */
static inline struct workqueue_struct *kcxx_alloc_ordered_workqueue(const char *name,
								    unsigned int flags)
{
	return alloc_ordered_workqueue("%s", flags, name);
}

/* A macro */
static inline void kcxx_flush_workqueue(struct workqueue_struct *queue)
{
	flush_workqueue(queue);
}

/* system_percpu_wq since 6.17 */
static inline struct workqueue_struct *kcxx_system_wq(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
	return system_percpu_wq;
#else
	return system_wq;
#endif
}

/* system_dfl_wq since 6.17 */
static inline struct workqueue_struct *kcxx_system_unbound_wq(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
	return system_dfl_wq;
#else
	return system_unbound_wq;
#endif
}

/* Macros; lockdep gets the class of the C++ object. */
static inline void kcxx_init_work(struct work_struct *work, void (*function)(struct work_struct *),
				  const char *name, struct lock_class_key *key)
{
	/* A constructor cannot know this of its object; DEBUG_OBJECTS_WORK has to know it */
	if (object_is_on_stack(work))
		INIT_WORK_ONSTACK(work, function);
	else
		INIT_WORK(work, function);
#ifdef CONFIG_LOCKDEP
	lockdep_init_map(&work->lockdep_map, name, key, 0);
#endif
}

/* New in 6.10 */
static inline void kcxx_disable_work_sync(struct work_struct *work)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	disable_work_sync(work);
#else
	cancel_work_sync(work);
#endif
}

/* A macro */
static inline int kcxx_work_pending(const struct work_struct *work)
{
	return work_pending(work);
}

/* As kcxx_init_work() */
static inline void kcxx_init_delayed_work(struct delayed_work *work,
					  void (*function)(struct work_struct *), const char *name,
					  struct lock_class_key *key,
					  struct lock_class_key *timer_key)
{
	if (object_is_on_stack(work))
		INIT_DELAYED_WORK_ONSTACK(work, function);
	else
		INIT_DELAYED_WORK(work, function);
#ifdef CONFIG_LOCKDEP
	lockdep_init_map(&work->work.lockdep_map, name, key, 0);
	lockdep_init_map(&work->timer.lockdep_map, name, timer_key, 0);
#endif
}

/* New in 6.10 */
static inline void kcxx_disable_delayed_work_sync(struct delayed_work *work)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	disable_delayed_work_sync(work);
#else
	cancel_delayed_work_sync(work);
#endif
}

/* A macro */
static inline int kcxx_delayed_work_pending(const struct delayed_work *work)
{
	return delayed_work_pending(work);
}
