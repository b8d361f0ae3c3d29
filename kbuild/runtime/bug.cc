// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The ends of a program error. Weak, so that objtool does not see that these functions never
/// return: a trap follows each call, and with KASAN Clang puts a call of its own between the two.

#include <cstddef> // for a declaration; see include/freestanding/bits/c++config.h

#include <kernel/bug.hpp>
#include <kernel/printk/printk.hpp>

#include <generated/kcxx-bindings.hpp>

[[gnu::weak]] void kcxx_bug(const char *file, unsigned int line, const char *what)
{
	// SAFETY: the callers' strings are NUL-terminated.
	kernel::bindings::_printk(KERN_EMERG "kcxx: %s:%u: %s\n", file, line, what);
	kernel::bindings::kcxx_BUG();
}

// std calls this where it would throw, and where one of its assertions fails: it is inline there,
// so the caller is the driver's function.
[[gnu::weak]] void kcxx_abort()
{
	// SAFETY: %pS takes any address.
	kernel::bindings::_printk(
		KERN_EMERG
		"kcxx: %pS: std: precondition violated, or a value asked for that is not there\n",
		__builtin_return_address(0));
	kernel::bindings::kcxx_BUG();
}
