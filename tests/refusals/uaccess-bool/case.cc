// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: user space: a bool is only 0 or 1
#include <cstdint>

#include <kernel/uaccess.hpp>

#ifdef REFUSED
using Flag = bool;
#else
using Flag = std::uint8_t;
#endif

kernel::Result<Flag> flag(kernel::UserReader &from);
kernel::Result<Flag> flag(kernel::UserReader &from)
{
	return from.read<Flag>();
}
