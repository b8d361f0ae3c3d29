// compilers: gcc, clang
// expected: private
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The member that holds the data is private.

#include <kernel/spinlock.hpp>

struct Counter {
	int value = 0;
};

void count(kernel::SpinLock<Counter> &counter);
void count(kernel::SpinLock<Counter> &counter)
{
	counter.data_.value++;
}
