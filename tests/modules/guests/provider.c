// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Has a symbol that consumer.c needs.
#include <linux/module.h>

int provided_answer(void);

int provided_answer(void)
{
	return 42;
}
EXPORT_SYMBOL_GPL(provided_answer);

static int __init provider_init(void)
{
	pr_info("provider: loaded\n");
	return 0;
}

static void __exit provider_exit(void)
{
	pr_info("provider: unloaded\n");
}

module_init(provider_init);
module_exit(provider_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
