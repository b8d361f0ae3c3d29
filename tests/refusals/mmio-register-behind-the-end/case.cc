// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the register lies behind the end of the mapped registers: map more
#include <kernel/io.hpp>

#ifdef REFUSED
using Status = kernel::Register<kernel::u32, 0x100>;
#else
using Status = kernel::Register<kernel::u32, 0xfc>;
#endif

kernel::u32 status(const kernel::Mmio<0x100> &registers);
kernel::u32 status(const kernel::Mmio<0x100> &registers)
{
	return registers.read<Status>().bits();
}
