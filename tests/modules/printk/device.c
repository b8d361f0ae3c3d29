// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The device that messages are of */

#include <linux/device.h>

struct device *make_device(void);
struct device *make_device(void)
{
	return root_device_register("pump");
}

void drop_device(struct device *device);
void drop_device(struct device *device)
{
	root_device_unregister(device);
}
