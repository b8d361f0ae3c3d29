// compilers: clang
// expected: GFP_KERNEL lets the allocation sleep, and the caller must not
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Readers under RCU do not sleep; further flags make no difference.

#include <kernel/memory.hpp>
#include <kernel/sync.hpp>

bool made();
bool made()
{
	kernel::RcuReadGuard reading;
#ifdef REFUSED
	return kernel::Box<int>::make(kernel::GFP_KERNEL | kernel::__GFP_ZERO, 1).has_value();
#endif
	return kernel::Box<int>::make(kernel::GFP_ATOMIC | kernel::__GFP_ZERO, 1).has_value();
}
