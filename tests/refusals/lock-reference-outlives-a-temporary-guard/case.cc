// compilers: clang
// expected: temporary .*destroyed at the end of the full-expression
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The guard ends with the statement that made it.

#include <kernel/mutex.hpp>

struct Counter {
	int value = 0;
};

int count(kernel::Mutex<Counter> &counter);
int count(kernel::Mutex<Counter> &counter)
{
	Counter &mine = *counter.lock();
	return ++mine.value;
}
