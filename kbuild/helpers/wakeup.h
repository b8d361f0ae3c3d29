/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/pm_wakeup.h> for <kernel/device/wakeup.hpp> */

#include <linux/device.h>
#include <linux/pm_wakeirq.h>
#include <linux/pm_wakeup.h>

/* Static functions, or macros, by the configuration */
static inline int kcxx_device_init_wakeup(struct device *dev, _Bool enable)
{
	return device_init_wakeup(dev, enable);
}

static inline void kcxx_device_set_wakeup_capable(struct device *dev, _Bool capable)
{
	device_set_wakeup_capable(dev, capable);
}

static inline int kcxx_dev_pm_set_wake_irq(struct device *dev, int irq)
{
	return dev_pm_set_wake_irq(dev, irq);
}

static inline void kcxx_dev_pm_clear_wake_irq(struct device *dev)
{
	dev_pm_clear_wake_irq(dev);
}

static inline _Bool kcxx_device_may_wakeup(const struct device *dev)
{
	return device_may_wakeup((struct device *)dev);
}
