// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/workqueue.h> for <kernel/workqueue.hpp> */

#include <linux/lockdep.h>
#include <linux/sched/task_stack.h>
#include <linux/version.h>
#include <linux/workqueue.h>

/* Queues */

struct workqueue_struct *kcxx_alloc_workqueue(const char *name, unsigned int flags, int max_active);
struct workqueue_struct *kcxx_alloc_workqueue(const char *name, unsigned int flags, int max_active)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
	if (!(flags & WQ_UNBOUND))
		flags |= WQ_PERCPU;
#endif
	return alloc_workqueue("%s", flags, max_active, name);
}

struct workqueue_struct *kcxx_alloc_ordered_workqueue(const char *name, unsigned int flags);
struct workqueue_struct *kcxx_alloc_ordered_workqueue(const char *name, unsigned int flags)
{
	return alloc_ordered_workqueue("%s", flags, name);
}

void kcxx_destroy_workqueue(struct workqueue_struct *queue);
void kcxx_destroy_workqueue(struct workqueue_struct *queue)
{
	destroy_workqueue(queue);
}

void kcxx_flush_workqueue(struct workqueue_struct *queue);
void kcxx_flush_workqueue(struct workqueue_struct *queue)
{
	flush_workqueue(queue);
}

struct workqueue_struct *kcxx_system_wq(void);
struct workqueue_struct *kcxx_system_wq(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
	return system_percpu_wq;
#else
	return system_wq;
#endif
}

struct workqueue_struct *kcxx_system_highpri_wq(void);
struct workqueue_struct *kcxx_system_highpri_wq(void)
{
	return system_highpri_wq;
}

struct workqueue_struct *kcxx_system_long_wq(void);
struct workqueue_struct *kcxx_system_long_wq(void)
{
	return system_long_wq;
}

struct workqueue_struct *kcxx_system_unbound_wq(void);
struct workqueue_struct *kcxx_system_unbound_wq(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
	return system_dfl_wq;
#else
	return system_unbound_wq;
#endif
}

struct workqueue_struct *kcxx_system_freezable_wq(void);
struct workqueue_struct *kcxx_system_freezable_wq(void)
{
	return system_freezable_wq;
}

struct workqueue_struct *kcxx_system_power_efficient_wq(void);
struct workqueue_struct *kcxx_system_power_efficient_wq(void)
{
	return system_power_efficient_wq;
}

/* Work */

void kcxx_init_work(struct work_struct *work, void (*function)(struct work_struct *),
		    const char *name, struct lock_class_key *key);
void kcxx_init_work(struct work_struct *work, void (*function)(struct work_struct *),
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

void kcxx_destroy_work(struct work_struct *work);
void kcxx_destroy_work(struct work_struct *work)
{
	if (object_is_on_stack(work))
		destroy_work_on_stack(work);
}

int kcxx_queue_work(struct workqueue_struct *queue, struct work_struct *work);
int kcxx_queue_work(struct workqueue_struct *queue, struct work_struct *work)
{
	return queue_work(queue, work);
}

int kcxx_cancel_work_sync(struct work_struct *work);
int kcxx_cancel_work_sync(struct work_struct *work)
{
	return cancel_work_sync(work);
}

void kcxx_disable_work_sync(struct work_struct *work);
void kcxx_disable_work_sync(struct work_struct *work)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	disable_work_sync(work);
#else
	cancel_work_sync(work);
#endif
}

void kcxx_flush_work(struct work_struct *work);
void kcxx_flush_work(struct work_struct *work)
{
	flush_work(work);
}

int kcxx_work_pending(const struct work_struct *work);
int kcxx_work_pending(const struct work_struct *work)
{
	return work_pending(work);
}

int kcxx_is_current_work(const struct work_struct *work);
int kcxx_is_current_work(const struct work_struct *work)
{
	return current_work() == work;
}

/* Delayed work */

void kcxx_init_delayed_work(struct delayed_work *work, void (*function)(struct work_struct *),
			    const char *name, struct lock_class_key *key,
			    struct lock_class_key *timer_key);
void kcxx_init_delayed_work(struct delayed_work *work, void (*function)(struct work_struct *),
			    const char *name, struct lock_class_key *key,
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

void kcxx_destroy_delayed_work(struct delayed_work *work);
void kcxx_destroy_delayed_work(struct delayed_work *work)
{
	if (object_is_on_stack(work))
		destroy_delayed_work_on_stack(work);
}

int kcxx_queue_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
			    unsigned long delay);
int kcxx_queue_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
			    unsigned long delay)
{
	return queue_delayed_work(queue, work, delay);
}

int kcxx_mod_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
			  unsigned long delay);
int kcxx_mod_delayed_work(struct workqueue_struct *queue, struct delayed_work *work,
			  unsigned long delay)
{
	return mod_delayed_work(queue, work, delay);
}

int kcxx_cancel_delayed_work_sync(struct delayed_work *work);
int kcxx_cancel_delayed_work_sync(struct delayed_work *work)
{
	return cancel_delayed_work_sync(work);
}

void kcxx_disable_delayed_work_sync(struct delayed_work *work);
void kcxx_disable_delayed_work_sync(struct delayed_work *work)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	disable_delayed_work_sync(work);
#else
	cancel_delayed_work_sync(work);
#endif
}

void kcxx_flush_delayed_work(struct delayed_work *work);
void kcxx_flush_delayed_work(struct delayed_work *work)
{
	flush_delayed_work(work);
}

int kcxx_delayed_work_pending(const struct delayed_work *work);
int kcxx_delayed_work_pending(const struct delayed_work *work)
{
	return delayed_work_pending(work);
}

int kcxx_is_current_delayed_work(const struct delayed_work *work);
int kcxx_is_current_delayed_work(const struct delayed_work *work)
{
	return current_work() == &work->work;
}
