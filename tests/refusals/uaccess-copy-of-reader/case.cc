// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: use of deleted function|call to (implicitly-)?deleted (copy )?constructor
#include <utility>

#include <kernel/uaccess.hpp>

kernel::Result<int> read_once_more(kernel::UserReader &from);
kernel::Result<int> read_once_more(kernel::UserReader &from)
{
#ifdef REFUSED
	kernel::UserReader again = from;
#else
	kernel::UserReader again = std::move(from);
#endif
	return again.read<int>();
}
