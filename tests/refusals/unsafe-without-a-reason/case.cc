// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:\d+: kcxx: a KCXX_UNSAFE block without a reason
#include <kernel/prelude.hpp>

int first(const int *numbers);
int first(const int *numbers)
{
#ifdef REFUSED
	KCXX_UNSAFE(" ")
#else
	KCXX_UNSAFE("the caller has one at least")
#endif
	{
		return *numbers;
	}
}
