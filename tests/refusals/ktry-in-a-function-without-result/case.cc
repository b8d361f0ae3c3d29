// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: kcxx: KTRY\(\) returns an error, and this function does not return a kernel::Result\n
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<int> number();

int f();
int f()
{
#ifdef REFUSED
	return KTRY(number());
#else
	return number().value_or(0);
#endif
}
