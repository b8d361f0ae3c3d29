// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/bug.h> for <kernel/bug.hpp> */

#include <linux/bug.h>
#include <linux/printk.h>

/*
 * The function is weak, so that objtool does not see that it never returns: a trap follows the
 * call, and with KASAN Clang puts a call of its own between the two.
 */
void __noreturn __weak kcxx_bug(const char *file, unsigned int line, const char *what);
void __noreturn __weak kcxx_bug(const char *file, unsigned int line, const char *what)
{
	pr_emerg("kcxx: %s:%u: %s\n", file, line, what);
	BUG();
}
