/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/device/faux.h> for <kernel/faux.hpp> */

#include <linux/device.h>
#include <linux/platform_device.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
#include <linux/device/faux.h>
#endif

/* Null for every error since 6.14; before, a platform device that no driver is bound to. */
static inline struct device *kcxx_faux_create(const char *name, struct device *parent)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
	struct faux_device *faux = faux_device_create(name, parent, NULL);

	return faux ? &faux->dev : ERR_PTR(-ENODEV);
#else
	struct platform_device_info info = {
		.parent = parent,
		.name = name,
		.id = PLATFORM_DEVID_NONE,
	};
	struct platform_device *pdev = platform_device_register_full(&info);

	if (IS_ERR(pdev))
		return ERR_CAST(pdev);
	/* Resources of the device are released before the device ends, as those of a driver are. */
	if (!devres_open_group(&pdev->dev, pdev, GFP_KERNEL)) {
		platform_device_unregister(pdev);
		return ERR_PTR(-ENOMEM);
	}
	return &pdev->dev;
#endif
}

static inline void kcxx_faux_destroy(struct device *dev)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
	faux_device_destroy(to_faux_device(dev));
#else
	struct platform_device *pdev = to_platform_device(dev);

	devres_release_group(dev, pdev);
	platform_device_unregister(pdev);
#endif
}
