// compilers: gcc, clang
// expected: ignoring return(ed)? value
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A guard without a name ends at once: nothing is protected.

#include <kernel/spinlock.hpp>

struct Counter {
	int value = 0;
};

void count(kernel::SpinLock<Counter> &counter);
void count(kernel::SpinLock<Counter> &counter)
{
	counter.lock();
}
