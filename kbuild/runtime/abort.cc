// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstddef> // for the declaration; see include/freestanding/bits/c++config.h

#include <kernel/printk/printk.hpp>

// std calls this where it would throw, and where one of its assertions fails: it is inline there,
// so the caller is the driver's function. The caller traps; this function is weak, so that objtool
// takes the trap for reachable, as bug.cc.
[[gnu::weak]] void kcxx_abort()
{
	// SAFETY: %pS takes any address.
	kernel::bindings::_printk(
		KERN_EMERG
		"kcxx: %pS: std: precondition violated, or a value asked for that is not there\n",
		__builtin_return_address(0));
	kernel::bindings::kcxx_BUG();
}
