// compilers: clang
// expected: address of stack memory associated with local variable 'guard' returned
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The address of a member is no better.

#include <kernel/rwsem.hpp>

struct Counter {
	int value = 0;
};

const int *get(kernel::RwSemaphore<Counter> &counter);
const int *get(kernel::RwSemaphore<Counter> &counter)
{
	auto guard = counter.read();
	return &guard->value;
}
