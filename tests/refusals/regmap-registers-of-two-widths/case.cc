// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: all registers of a regmap have words of one width
#include <kernel/regmap.hpp>

using kernel::u16, kernel::u8;

#ifdef REFUSED
using Configuration = kernel::Register<u8, 1>;
#else
using Configuration = kernel::Register<u16, 1>;
#endif
using Layout = kernel::RegmapLayout<u8, Configuration, kernel::Register<u16, 3>>;

unsigned int last();
unsigned int last()
{
	return Layout::last;
}
