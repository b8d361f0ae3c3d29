/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/sysfs.h> for <kernel/sysfs.hpp> */

#include <linux/device.h>
#include <linux/kstrtox.h>
#include <linux/sysfs.h>
