// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/bug.h> for <kernel/bug.hpp> */

#include <linux/bug.h>
#include <linux/printk.h>

void __noreturn kcxx_bug(const char *file, unsigned int line, const char *what);
void __noreturn kcxx_bug(const char *file, unsigned int line, const char *what)
{
	pr_emerg("kcxx: %s:%u: %s\n", file, line, what);
	BUG();
}
