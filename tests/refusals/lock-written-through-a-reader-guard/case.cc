// compilers: gcc, clang
// expected: read-only|const-qualified
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A reader reads.

#include <kernel/rwsem.hpp>

struct Counter {
	int value = 0;
};

void count(kernel::RwSemaphore<Counter> &counter);
void count(kernel::RwSemaphore<Counter> &counter)
{
	auto guard = counter.read();
	guard->value++;
}
