// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: kcxx: an error is returned as it is, and not negated\n  write instead: return kernel::ENOMEM;
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<> f();
kernel::Result<> f()
{
#ifdef REFUSED
	return -kernel::ENOMEM;
#else
	return kernel::ENOMEM;
#endif
}
