/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/platform_device.h> for <kernel/platform.hpp> */

#include <linux/io.h>
#include <linux/mod_devicetable.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/sysfs.h>

/* 0 without */
static inline unsigned long long kcxx_platform_memory_size(struct platform_device *pdev,
							   unsigned int index)
{
	struct resource *resource = platform_get_resource(pdev, IORESOURCE_MEM, index);

	return resource ? resource_size(resource) : 0;
}

static inline void *kcxx_devm_platform_ioremap(struct platform_device *pdev, unsigned int index)
{
	return (__force void *)devm_platform_ioremap_resource(pdev, index);
}

static inline struct platform_device *
kcxx_platform_register(const char *name, struct fwnode_handle *node)
{
	struct platform_device_info info = {
		.name = name,
		.id = PLATFORM_DEVID_NONE,
		.fwnode = node,
	};

	return platform_device_register_full(&info);
}
