// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:14: kcxx: an int of C may be a value or a negative errno: it does not become a success by itself\n  write instead: return kernel::from_c\(c_function\(\)\); or return \{std::in_place, number\}; where that is a value
// errors: 1
#include <kernel/prelude.hpp>

extern "C" int c_function(void);

kernel::Result<int> f();
kernel::Result<int> f()
{
	const int ret = c_function();
#ifdef REFUSED
	return ret;
#else
	return kernel::from_c(ret);
#endif
}
