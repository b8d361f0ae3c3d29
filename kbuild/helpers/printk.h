/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/printk/printk.hpp> */

#include <linux/compiler.h>
#include <linux/printk.h>
