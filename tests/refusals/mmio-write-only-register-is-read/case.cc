// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the register is write-only
#include <kernel/io.hpp>

#ifdef REFUSED
using Doorbell = kernel::Register<kernel::u32, 0x10, kernel::Access::write_only>;
#else
using Doorbell = kernel::Register<kernel::u32, 0x10>;
#endif

kernel::u32 doorbell(const kernel::Mmio<0x100> &registers);
kernel::u32 doorbell(const kernel::Mmio<0x100> &registers)
{
	return registers.read<Doorbell>().bits();
}
