// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the field is one of another register
#include <kernel/io.hpp>

struct Status : kernel::Register<kernel::u32, 0x20> {
	using Ready = Bit<7>;
};
struct Control : kernel::Register<kernel::u32, 0x24> {
	using Enable = Bit<0>;
};

bool ready(const kernel::Mmio<0x100> &registers);
bool ready(const kernel::Mmio<0x100> &registers)
{
#ifdef REFUSED
	return registers.read<Status>().get<Control::Enable>();
#else
	return registers.read<Status>().get<Status::Ready>();
#endif
}
