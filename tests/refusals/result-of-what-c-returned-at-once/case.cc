// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: kcxx: an int of C may be a value or a negative errno: it does not become a success by itself\n  write instead: return kernel::from_c\(c_function\(\)\); or return \{std::in_place, number\}; where that is a value
// errors: 1
#include <kernel/prelude.hpp>

extern "C" long c_function(void);

kernel::Result<long> f();
kernel::Result<long> f()
{
#ifdef REFUSED
	return c_function();
#else
	return kernel::from_c(c_function());
#endif
}
