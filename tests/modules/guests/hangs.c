// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Never comes back from its init.
#include <linux/delay.h>
#include <linux/module.h>

static int __init hangs_init(void)
{
	pr_info("hangs: now\n");
	for (;;)
		msleep(1000);
	return 0;
}

static void __exit hangs_exit(void)
{
}

module_init(hangs_init);
module_exit(hangs_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
