// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: (could not convert|no viable conversion|no matching|cannot convert|no known conversion)
#include <kernel/prelude.hpp>

kernel::Result<kernel::Box<int>> make();
kernel::Result<kernel::Box<int>> make()
{
#ifdef REFUSED
	return kernel::Box<int>::make(0xcc0u, 1);
#else
	return kernel::Box<int>::make(kernel::GFP_KERNEL, 1);
#endif
}
