/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/hrtimer.h> for <kernel/time/hrtimer.hpp> */

#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/sched/task_stack.h>
#include <linux/version.h>

static const enum hrtimer_mode KCXX_HRTIMER_MODE_HARD = HRTIMER_MODE_ABS;
static const enum hrtimer_mode KCXX_HRTIMER_MODE_SOFT = HRTIMER_MODE_ABS_SOFT;
static const enum hrtimer_mode KCXX_HRTIMER_MODE_REL = HRTIMER_MODE_REL;

static inline void kcxx_hrtimer_setup(struct hrtimer *timer,
				      enum hrtimer_restart (*function)(struct hrtimer *),
				      enum hrtimer_mode mode)
{
	/* A constructor cannot know this of its object; DEBUG_OBJECTS_TIMERS has to know it */
	const bool on_stack = object_is_on_stack(timer);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	if (on_stack)
		hrtimer_setup_on_stack(timer, function, CLOCK_MONOTONIC, mode);
	else
		hrtimer_setup(timer, function, CLOCK_MONOTONIC, mode);
#else
	if (on_stack)
		hrtimer_init_on_stack(timer, CLOCK_MONOTONIC, mode);
	else
		hrtimer_init(timer, CLOCK_MONOTONIC, mode);
	timer->function = function;
#endif
}

/* A timer on the stack is known to DEBUG_OBJECTS_TIMERS */
static inline void kcxx_hrtimer_destroy(struct hrtimer *timer)
{
	if (object_is_on_stack(timer))
		destroy_hrtimer_on_stack(timer);
}

static inline int kcxx_hrtimer_cancel(struct hrtimer *timer)
{
	might_sleep(); /* on PREEMPT_RT; elsewhere it spins until the callback has ended */
	return hrtimer_cancel(timer);
}
