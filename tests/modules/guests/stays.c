// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Holds a reference to itself, so that it cannot be unloaded.
#include <linux/module.h>

static int __init stays_init(void)
{
	__module_get(THIS_MODULE);
	return 0;
}

static void __exit stays_exit(void)
{
}

module_init(stays_init);
module_exit(stays_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
