// compilers: gcc, clang
// expected: private
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// What a lock holds has a name, which is nobody's business.

#include <kernel/spinlock.hpp>

struct Counter {
	int value = 0;
};

void count(kernel::SpinLock<Counter> &counter);
void count(kernel::SpinLock<Counter> &counter)
{
	counter.data_.value++;
}
