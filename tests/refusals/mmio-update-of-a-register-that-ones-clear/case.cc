// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: update\(\) reads and writes: the register has another Access
#include <kernel/io.hpp>

struct Events : kernel::Register<kernel::u32, 0x24, kernel::Access::write_one_to_clear> {
	using Done = Bit<0>;
};

void done(const kernel::Mmio<0x100> &registers);
void done(const kernel::Mmio<0x100> &registers)
{
#ifdef REFUSED
	registers.update<Events>(Events::Done{true});
#else
	registers.acknowledge<Events>(Events::Done{true});
#endif
}
