// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the register has no queue behind it: write Fifo<> around it in the layout
#include <kernel/regmap.hpp>

using Queue = kernel::Register<kernel::u8, 0x10>;
#ifdef REFUSED
using Layout = kernel::RegmapLayout<kernel::u8, Queue>;
#else
using Layout = kernel::RegmapLayout<kernel::u8, kernel::Fifo<Queue>>;
#endif

kernel::Result<> receive(kernel::Regmap<Layout> &registers, std::span<kernel::u8> to);
kernel::Result<> receive(kernel::Regmap<Layout> &registers, std::span<kernel::u8> to)
{
	return registers.read_fifo<Queue>(to);
}
