/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/printk/printk.hpp> and <kernel/printk/hex_dump.hpp> */

#include <linux/compiler.h>
#include <linux/printk.h>

/* Enumerators of an enum without a name */
static const int kcxx_dump_prefix_none = DUMP_PREFIX_NONE;
static const int kcxx_dump_prefix_address = DUMP_PREFIX_ADDRESS;
static const int kcxx_dump_prefix_offset = DUMP_PREFIX_OFFSET;
