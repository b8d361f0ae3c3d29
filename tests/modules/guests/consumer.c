// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Needs a symbol that provider.c has.
#include <linux/module.h>

int provided_answer(void);

static int __init consumer_init(void)
{
	pr_info("consumer: the answer is %d\n", provided_answer());
	return 0;
}

static void __exit consumer_exit(void)
{
	pr_info("consumer: unloaded\n");
}

module_init(consumer_init);
module_exit(consumer_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
