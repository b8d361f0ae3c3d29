// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:\d+: kcxx: exceptions do not exist in the kernel
#include <kernel/prelude.hpp>

kernel::Result<int> checked(int number);
kernel::Result<int> checked(int number)
{
	if (number < 0)
#ifdef REFUSED
		throw number;
#else
		return kernel::EINVAL;
#endif
	return {std::in_place, number};
}
