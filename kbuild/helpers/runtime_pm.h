/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/pm_runtime.h> for <kernel/device/runtime_pm.hpp> */

#include <linux/device.h>
#include <linux/pm_runtime.h>

/* The device is awake, and may sleep after the delay, in milliseconds. 1: its bus has enabled that. */
static inline int kcxx_pm_runtime_enable(struct device *dev, int delay)
{
	bool by_bus = pm_runtime_enabled(dev);
	int err = by_bus ? 0 : pm_runtime_set_active(dev);

	if (err)
		return err;
	pm_runtime_set_autosuspend_delay(dev, delay);
	pm_runtime_use_autosuspend(dev);
	if (!by_bus)
		pm_runtime_enable(dev);
	return by_bus;
}

static inline void kcxx_pm_runtime_disable(struct device *dev)
{
	pm_runtime_dont_use_autosuspend(dev);
	pm_runtime_disable(dev);
	pm_runtime_set_suspended(dev);
}

static inline int kcxx_pm_runtime_get(struct device *dev)
{
	return pm_runtime_resume_and_get(dev);
}

static inline void kcxx_pm_runtime_put(struct device *dev)
{
	pm_runtime_mark_last_busy(dev);
	pm_runtime_put_autosuspend(dev);
}
