// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the register is read-only
#include <kernel/io.hpp>

#ifdef REFUSED
using Version = kernel::Register<kernel::u32, 0x00, kernel::Access::read_only>;
#else
using Version = kernel::Register<kernel::u32, 0x00>;
#endif

void reset(const kernel::Mmio<0x100> &registers);
void reset(const kernel::Mmio<0x100> &registers)
{
	registers.write<Version>(0);
}
