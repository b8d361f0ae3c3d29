// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Does nothing wrong; logs its parameter.
#include <linux/module.h>

static char *word = "nothing";
module_param(word, charp, 0444);

static int __init clean_init(void)
{
	pr_info("clean: loaded, word is '%s'\n", word);
	return 0;
}

static void __exit clean_exit(void)
{
	pr_info("clean: unloaded\n");
}

module_init(clean_init);
module_exit(clean_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
