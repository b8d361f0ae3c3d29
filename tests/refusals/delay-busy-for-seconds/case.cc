// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: udelay\(\) keeps the CPU busy, for 20 ms at most: sleep by fsleep\(\)
#include <kernel/time.hpp>

using namespace kernel::literals;

void settle();
void settle()
{
#ifdef REFUSED
	kernel::udelay(1_s);
#else
	kernel::udelay(10_us);
#endif
}
