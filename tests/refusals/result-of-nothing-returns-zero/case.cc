// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: kcxx: a kernel::Result<> has no value\n  write instead: return \{\}; or return kernel::to_result\(c_function\(\)\); for a C function that returns 0 or a negative errno
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<> f();
kernel::Result<> f()
{
#ifdef REFUSED
	return 0;
#else
	return {};
#endif
}
