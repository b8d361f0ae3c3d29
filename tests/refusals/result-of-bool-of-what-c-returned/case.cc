// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: kcxx: an int of C may be a value or a negative errno: this kernel::Result is not made of one\n  write instead: return number != 0; for a kernel::Result<bool>, or return T\{number\}; for a Result<T>
// errors: 1
#include <kernel/prelude.hpp>

extern "C" int c_function(void);

kernel::Result<bool> f();
kernel::Result<bool> f()
{
#ifdef REFUSED
	return c_function();
#else
	return c_function() == 1;
#endif
}
