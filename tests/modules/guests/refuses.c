// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Refuses to load, with -ENOMEM.
#include <linux/module.h>

static int __init refuses_init(void)
{
	pr_info("refuses: no memory, it pretends\n");
	return -ENOMEM;
}

static void __exit refuses_exit(void)
{
}

module_init(refuses_init);
module_exit(refuses_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
