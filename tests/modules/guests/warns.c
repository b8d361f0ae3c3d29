// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Hits a WARN() when loaded, and goes on.
#include <linux/module.h>

static int __init warns_init(void)
{
	WARN(1, "warns: on purpose\n");
	return 0;
}

static void __exit warns_exit(void)
{
}

module_init(warns_init);
module_exit(warns_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
