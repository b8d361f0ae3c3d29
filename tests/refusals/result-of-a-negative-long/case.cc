// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: kcxx: a number that is negative, or that its type does not hold, is no success of a kernel::Result\n  write instead: return kernel::EINVAL; or return \{std::in_place, number\}; where that is a value
// errors: 1
#include <kernel/prelude.hpp>

#include <cstdint>

kernel::Result<std::uint64_t> f();
kernel::Result<std::uint64_t> f()
{
#ifdef REFUSED
	return -22L;
#else
	return 22L;
#endif
}
