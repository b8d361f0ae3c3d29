// compilers: clang
// expected: cannot call function 'might_sleep' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// try_lock() takes it too, where it succeeds.

#include <kernel/spinlock.hpp>

int peek(kernel::SpinLock<int> &lock);
int peek(kernel::SpinLock<int> &lock)
{
	auto guard = lock.try_lock();
	if (!guard)
		return 0;
	kernel::might_sleep();
	return *guard;
}
