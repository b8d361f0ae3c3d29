// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a port has 8, 16 or 32 bits
#include <kernel/io.hpp>

#ifdef REFUSED
using Counter = kernel::Register<kernel::u64, 0x10>;
#else
using Counter = kernel::Register<kernel::u32, 0x10>;
#endif

unsigned long long count(const kernel::Ports<0x20> &ports);
unsigned long long count(const kernel::Ports<0x20> &ports)
{
	return ports.read<Counter>().bits();
}
