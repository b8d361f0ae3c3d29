// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Writes to address 0 when loaded.
#include <linux/module.h>

static int __init oopses_init(void)
{
	*(volatile int *)0 = 1;
	return 0;
}

static void __exit oopses_exit(void)
{
}

module_init(oopses_init);
module_exit(oopses_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
