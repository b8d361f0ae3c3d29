/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/auxiliary_bus.h> for <kernel/auxiliary.hpp> */

#include <linux/auxiliary_bus.h>

static inline void kcxx_auxiliary_describe(struct auxiliary_device *auxdev, struct device *parent,
					   const char *name, unsigned int id,
					   void (*release)(struct device *dev))
{
	auxdev->name = name;
	auxdev->id = id;
	auxdev->dev.parent = parent;
	auxdev->dev.release = release;
}

static inline void kcxx_auxiliary_device_delete(struct auxiliary_device *auxdev)
{
	auxiliary_device_delete(auxdev);
}

static inline void kcxx_auxiliary_device_uninit(struct auxiliary_device *auxdev)
{
	auxiliary_device_uninit(auxdev);
}
