// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Sets the taint flag of a WARN(), without its words.
#include <linux/module.h>
#include <linux/panic.h>

static int __init taints_init(void)
{
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	return 0;
}

static void __exit taints_exit(void)
{
}

module_init(taints_init);
module_exit(taints_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("kcxx test guest");
