// compilers: clang
// expected: cannot call function 'synchronize_rcu' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A reader that waits for all readers waits for itself.

#include <kernel/rcu.hpp>

int peek(kernel::RcuPointer<int> &pointer);
int peek(kernel::RcuPointer<int> &pointer)
{
	kernel::RcuReadGuard guard;
	const int *value = pointer.read(guard);
	kernel::synchronize_rcu();
	return value != nullptr ? *value : 0;
}
