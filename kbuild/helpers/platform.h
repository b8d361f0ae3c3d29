/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/platform_device.h> for <kernel/platform.hpp> */

#include <linux/io.h>
#include <linux/mod_devicetable.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/sysfs.h>

static const int KCXX_PLATFORM_DEVID_NONE = PLATFORM_DEVID_NONE;

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
kcxx_platform_register(const char *name, int id, const struct property_entry *properties,
		       struct fwnode_handle *node)
{
	struct platform_device_info info = {
		.name = name,
		.id = id,
		.properties = properties,
		.fwnode = node,
	};

	return platform_device_register_full(&info);
}
