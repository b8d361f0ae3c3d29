/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/amba/bus.h> for <kernel/amba.hpp> */

#include <linux/amba/bus.h>
#include <linux/io.h>

static const unsigned int KCXX_AMBA_NR_IRQS = AMBA_NR_IRQS;

static inline unsigned long long kcxx_amba_memory_size(struct amba_device *adev)
{
	return resource_size(&adev->res);
}

static inline void *kcxx_amba_map(struct amba_device *adev, unsigned long size)
{
	return (__force void *)ioremap(adev->res.start, size);
}

static inline void kcxx_amba_unmap(void *registers)
{
	iounmap((void __iomem *)registers);
}

/* A macro since 6.6, and a function before */
static inline int kcxx_amba_driver_register(struct amba_driver *driver, struct module *owner)
{
#ifdef amba_driver_register
	return __amba_driver_register(driver, owner);
#else
	driver->drv.owner = owner;
	return amba_driver_register(driver);
#endif
}
