// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: ignoring return(ed)? value
#include <kernel/prelude.hpp>

void append(kernel::Vec<int> &numbers);
void append(kernel::Vec<int> &numbers)
{
#ifdef REFUSED
	numbers.push(1, kernel::GFP_KERNEL);
#else
	if (!numbers.push(1, kernel::GFP_KERNEL))
		pr_warn("no memory\n");
#endif
}
