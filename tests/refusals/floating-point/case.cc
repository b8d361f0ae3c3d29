// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: (error: )?kcxx: floating point
// errors: 1
#include <kernel/prelude.hpp>

int half(int number);
int half(int number)
{
#ifdef REFUSED
	return static_cast<int>(number * 0.5);
#else
	return number / 2;
#endif
}
