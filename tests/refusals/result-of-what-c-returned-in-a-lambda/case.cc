// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:\d+: kcxx: an int of C may be a value or a negative errno: it does not become a success by itself\n  write instead: return kernel::from_c\(c_function\(\)\); or return \{std::in_place, number\}; where that is a value
#include <kernel/prelude.hpp>

extern "C" int c_function(void);

kernel::Result<int> f();
kernel::Result<int> f()
{
#ifdef REFUSED
	auto call = []() -> kernel::Result<int> { return c_function(); };
#else
	auto call = []() -> kernel::Result<int> { return kernel::from_c(c_function()); };
#endif
	return call();
}
