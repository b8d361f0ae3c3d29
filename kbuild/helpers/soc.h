/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/sys_soc.h> for <kernel/soc.hpp> */

#include <linux/device.h>
#include <linux/sys_soc.h>

static inline struct device *kcxx_soc_device(struct soc_device *soc)
{
	return soc_device_to_device(soc);
}
