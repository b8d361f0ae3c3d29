/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/panic_notifier.h> for <kernel/reboot/panic_notifier.hpp> */

#include <linux/notifier.h>
#include <linux/panic_notifier.h>

/* The chain is a variable of the kernel's */
static inline int kcxx_panic_notifier_register(struct notifier_block *block)
{
	return atomic_notifier_chain_register(&panic_notifier_list, block);
}

static inline int kcxx_panic_notifier_unregister(struct notifier_block *block)
{
	return atomic_notifier_chain_unregister(&panic_notifier_list, block);
}
