// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: kcxx: a number that is negative, or that its type does not hold, is no success of a kernel::Result\n  write instead: return kernel::EINVAL; or return \{std::in_place, number\}; where that is a value
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<int> f();
kernel::Result<int> f()
{
#ifdef REFUSED
	return -22;
#else
	return {std::in_place, -22};
#endif
}
