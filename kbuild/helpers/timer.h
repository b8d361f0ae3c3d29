/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/timer.h> for <kernel/time/timer.hpp> */

#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/sched/task_stack.h>
#include <linux/timer.h>
#include <linux/version.h>

static const int KCXX_TIMER_CAN_BE_SHUT_DOWN = LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0);

static inline void kcxx_timer_setup(struct timer_list *timer, void (*function)(struct timer_list *),
				    const char *name, struct lock_class_key *key)
{
	/* A constructor cannot know this of its object; DEBUG_OBJECTS_TIMERS has to know it */
	if (object_is_on_stack(timer))
		timer_setup_on_stack(timer, function, 0);
	else
		timer_setup(timer, function, 0);
#ifdef CONFIG_LOCKDEP
	lockdep_init_map(&timer->lockdep_map, name, key, 0);
#endif
}

/* Has another name since 6.16 */
static inline void kcxx_timer_destroy(struct timer_list *timer)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
	if (object_is_on_stack(timer))
		timer_destroy_on_stack(timer);
#else
	if (object_is_on_stack(timer))
		destroy_timer_on_stack(timer);
#endif
}

/* jiffies has the name of a function of the library */
static inline void kcxx_mod_timer(struct timer_list *timer, unsigned long delay)
{
	mod_timer(timer, jiffies + delay);
}

/* Has another name since 6.2 */
static inline int kcxx_timer_delete(struct timer_list *timer)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return timer_delete(timer);
#else
	return del_timer(timer);
#endif
}

static inline int kcxx_timer_delete_sync(struct timer_list *timer)
{
	might_sleep(); /* on PREEMPT_RT; elsewhere it spins until the callback has ended */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return timer_delete_sync(timer);
#else
	return del_timer_sync(timer);
#endif
}

/* New in 6.2 */
static inline void kcxx_timer_shutdown_sync(struct timer_list *timer)
{
	might_sleep();
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	timer_shutdown_sync(timer);
#else
	del_timer_sync(timer);
#endif
}
