// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: kcxx: an error is returned as std::unexpected, and not negated\n  write instead: return std::unexpected\(kernel::ENOMEM\);
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<> f();
kernel::Result<> f()
{
#ifdef REFUSED
	return -kernel::ENOMEM;
#else
	return std::unexpected(kernel::ENOMEM);
#endif
}
