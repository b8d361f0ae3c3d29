// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:15: kcxx: what a lock holds is reached by a guard, .*\n  write instead: auto guard = lock\.lock\(\);
// errors: 1
#include <kernel/spinlock.hpp>

struct Counter {
	int value = 0;
};

void count(kernel::SpinLock<Counter> &counter);
void count(kernel::SpinLock<Counter> &counter)
{
#ifdef REFUSED
	counter.value = 1;
#else
	counter.lock()->value = 1;
#endif
}
