/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/sysfs.h> for <kernel/sysfs.hpp> */

#include <linux/device.h>
#include <linux/kstrtox.h>
#include <linux/sysfs.h>

/* A macro, with the class of the file's lock */
static inline void kcxx_sysfs_bin_attr_init(struct bin_attribute *attribute)
{
	sysfs_bin_attr_init(attribute);
}
