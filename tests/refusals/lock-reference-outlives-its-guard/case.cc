// compilers: clang
// expected: reference to stack memory associated with local variable 'guard' returned
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Once the guard has ended, others write.

#include <kernel/spinlock.hpp>

struct Counter {
	int value = 0;
};

Counter &get(kernel::SpinLock<Counter> &counter);
Counter &get(kernel::SpinLock<Counter> &counter)
{
	auto guard = counter.lock();
	return *guard;
}
