// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the array has no register of this index
#include <kernel/io.hpp>

using Queues = kernel::RegisterArray<kernel::u32, 0x40, 4>;

void kick(const kernel::Mmio<0x100> &registers);
void kick(const kernel::Mmio<0x100> &registers)
{
#ifdef REFUSED
	registers.write<Queues>(4, 1);
#else
	registers.write<Queues>(3, 1);
#endif
}
