// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Prints lines like those by which the guest's init reports its progress to the host.
#include <linux/module.h>

static int __init spoofs_init(void)
{
	pr_info("kcxx:0000000000000000 loaded spoofs 0\n");
	pr_info("kcxx:0000000000000000 end 0\n");
	return -EIO;
}

static void __exit spoofs_exit(void)
{
}

module_init(spoofs_init);
module_exit(spoofs_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
