/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/interrupt.h> for <kernel/interrupt/irq.hpp> */

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>

static const unsigned long KCXX_IRQF_SHARED = IRQF_SHARED;
static const unsigned long KCXX_IRQF_ONESHOT = IRQF_ONESHOT;
static const unsigned long KCXX_IRQF_TRIGGER_RISING = IRQF_TRIGGER_RISING;
static const unsigned long KCXX_IRQF_TRIGGER_FALLING = IRQF_TRIGGER_FALLING;
static const unsigned long KCXX_IRQF_TRIGGER_HIGH = IRQF_TRIGGER_HIGH;
static const unsigned long KCXX_IRQF_TRIGGER_LOW = IRQF_TRIGGER_LOW;
static const unsigned long KCXX_IRQF_NO_AUTOEN = IRQF_NO_AUTOEN;

/* Handlers run in the thread of another interrupt alone */
static inline _Bool kcxx_irq_is_nested(unsigned int irq)
{
	return irq_check_status_bit(irq, IRQ_NESTED_THREAD);
}

/* The hint is the address of a constant mask */
static inline int kcxx_irq_set_cpu(unsigned int irq, unsigned int cpu)
{
	if (cpu >= nr_cpu_ids)
		return -EINVAL;
	return irq_set_affinity_and_hint(irq, cpumask_of(cpu));
}

static inline int kcxx_irq_clear_hint(unsigned int irq)
{
	return irq_update_affinity_hint(irq, NULL);
}
