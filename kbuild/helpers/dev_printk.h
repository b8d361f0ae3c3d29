/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/printk/dev_printk.hpp> */

#include <linux/compiler.h>
#include <linux/dev_printk.h>
