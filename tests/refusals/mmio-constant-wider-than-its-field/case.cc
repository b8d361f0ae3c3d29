// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the value does not fit into the bits of this field
#include <kernel/io.hpp>

struct Control : kernel::Register<kernel::u32, 0x20> {
	using Mode = Field<2, 0>;
};

void start(const kernel::Mmio<0x100> &registers);
void start(const kernel::Mmio<0x100> &registers)
{
#ifdef REFUSED
	registers.write<Control>(Control::Mode{8});
#else
	registers.write<Control>(Control::Mode{7});
#endif
}
