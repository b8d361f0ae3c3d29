// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The kernel's state, for tests; kcxx does not need it. */

#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/preempt.h>
#include <linux/sched/signal.h>

unsigned int context_cpus(void);
unsigned int context_cpus(void)
{
	return num_online_cpus();
}

int context_irqs_off(void);
int context_irqs_off(void)
{
	return irqs_disabled();
}

int context_softirqs_off(void);
int context_softirqs_off(void)
{
	return softirq_count() != 0;
}

int context_in_hardirq(void);
int context_in_hardirq(void)
{
	return in_hardirq() != 0;
}

int context_in_softirq(void);
int context_in_softirq(void)
{
	return in_serving_softirq() != 0;
}

unsigned long context_jiffies(void);
unsigned long context_jiffies(void)
{
	return jiffies;
}

/* Makes a signal pending for the running task, which is insmod. */
void context_send_signal(void);
void context_send_signal(void)
{
	set_tsk_thread_flag(current, TIF_SIGPENDING);
}

void context_flush_signals(void);
void context_flush_signals(void)
{
	clear_tsk_thread_flag(current, TIF_SIGPENDING);
}
