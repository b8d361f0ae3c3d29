// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: no matching (member )?function
#include <kernel/prelude.hpp>

kernel::Result<> append(kernel::Vec<int> &numbers);
kernel::Result<> append(kernel::Vec<int> &numbers)
{
#ifdef REFUSED
	return numbers.push(1);
#else
	return numbers.push(1, kernel::GFP_KERNEL);
#endif
}
