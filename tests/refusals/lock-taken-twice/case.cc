// compilers: clang
// expected: acquiring spinlock 'counter' that is already held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Whoever takes a spinlock that he holds waits for himself.

#include <kernel/spinlock.hpp>

struct Counter {
	int value = 0;
};

void count(kernel::SpinLock<Counter> &counter);
void count(kernel::SpinLock<Counter> &counter)
{
	auto once = counter.lock();
	auto twice = counter.lock_irqsave();
	once->value += twice->value;
}
