// compilers: gcc, clang
// expected: base operand of .->. has non-pointer type|member reference type .* is not a pointer
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The data of a lock is reached through its guard alone.

#include <kernel/spinlock.hpp>

struct Counter {
	int value = 0;
};

void count(kernel::SpinLock<Counter> &counter);
void count(kernel::SpinLock<Counter> &counter)
{
	counter->value++;
}
