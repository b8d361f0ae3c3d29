// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: others may use this object at the same time, and it is const here
// errors: 1
#include <kernel/sync.hpp>

struct Pump {
	int speed = 0;
	kernel::Atomic<int> level{0};
};

void start(const kernel::Arc<Pump> &pump);
void start(const kernel::Arc<Pump> &pump)
{
#ifdef REFUSED
	pump->speed = 3;
#endif
	pump->level.set(3);
}
