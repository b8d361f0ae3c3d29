// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the regmap's layout has no such register: name it there
#include <kernel/regmap.hpp>

using kernel::u16, kernel::u8;

using Limit = kernel::Register<u16, 3>;
using Hysteresis = kernel::Register<u16, 2>;
#ifdef REFUSED
using Layout = kernel::RegmapLayout<u8, Limit>;
#else
using Layout = kernel::RegmapLayout<u8, Hysteresis, Limit>;
#endif

kernel::Result<u16> hysteresis(const kernel::Regmap<Layout> &map);
kernel::Result<u16> hysteresis(const kernel::Regmap<Layout> &map)
{
	return KTRY(map.read<Hysteresis>()).bits();
}
