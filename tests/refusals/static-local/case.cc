// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:14: error: kcxx: a function-local static that is initialised at run time\n  found: guard variable for count\(\)::counter\n
// errors: 1
#include <kernel/prelude.hpp>

int of_the_machine();

int &count();
int &count()
{
#ifdef REFUSED

	static int counter = of_the_machine();
#else
	static int counter = 0;
#endif
	return counter;
}
