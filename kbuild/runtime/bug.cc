// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <kernel/bug.hpp>
#include <kernel/printk/printk.hpp>

// Weak, so that objtool does not see that this function never returns: a trap follows the call,
// and with KASAN Clang puts a call of its own between the two.
[[gnu::weak]] void kcxx_bug(const char *file, unsigned int line, const char *what)
{
	// SAFETY: the callers' strings are NUL-terminated.
	kernel::bindings::_printk(KERN_EMERG "kcxx: %s:%u: %s\n", file, line, what);
	kernel::bindings::kcxx_BUG();
}
