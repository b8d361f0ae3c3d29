/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/device.h> for <kernel/device/device.hpp> */

#include <linux/device.h>

/* A macro, which adds the action's name */
static inline int kcxx_devm_add_action_or_reset(struct device *dev, void (*action)(void *),
						void *data)
{
	return devm_add_action_or_reset(dev, action, data);
}

/* The action's type is another since 6.17 */
static inline void kcxx_devm_release_action(struct device *dev, void (*action)(void *), void *data)
{
	devm_release_action(dev, action, data);
}

static inline const char *kcxx_dev_name(const struct device *dev)
{
	return dev_name(dev);
}

static inline void kcxx_dev_set_drvdata(struct device *dev, void *data)
{
	dev_set_drvdata(dev, data);
}

static inline void *kcxx_dev_get_drvdata(const struct device *dev)
{
	return dev_get_drvdata(dev);
}
