// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11:\d+: error: kcxx: no thread_local in a module: write kernel::PerCpu<T>
// errors: 1
#include <kernel/prelude.hpp>

int count();
int count()
{
#ifdef REFUSED
	static thread_local int counter = 0;
#else
	static int counter = 0;
#endif
	return ++counter;
}
