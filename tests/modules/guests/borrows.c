// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Needs a module of the kernel's own.
#include <linux/crc7.h>
#include <linux/module.h>

static int __init borrows_init(void)
{
	static const u8 bytes[] = {1, 2};

	pr_info("borrows: crc7 is %#x\n", crc7_be(0, bytes, sizeof(bytes)));
	return 0;
}

static void __exit borrows_exit(void)
{
}

module_init(borrows_init);
module_exit(borrows_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
