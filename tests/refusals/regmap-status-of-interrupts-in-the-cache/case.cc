// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the device changes the status of its interrupts: write Volatile
#include <kernel/regmap.hpp>

using kernel::u8;

struct Status : kernel::Register<u8, 1, kernel::Access::write_one_to_clear> {
	using Alarm = Bit<0>;
	using Button = Bit<3>;
};
using Mask = kernel::Register<u8, 2>;
using Irqs = kernel::RegmapIrqs<Status, Mask, Status, Status::Alarm>;
#ifdef REFUSED
using Layout = kernel::RegmapLayout<u8, Status, Mask>;
#else
using Layout = kernel::RegmapLayout<u8, kernel::Volatile<Status>, Mask>;
#endif
using Wanted = Status::Alarm;

kernel::Result<kernel::ThreadedIrqNumber> wanted(kernel::BoundDevice &device,
						 const kernel::Regmap<Layout> &map);
kernel::Result<kernel::ThreadedIrqNumber> wanted(kernel::BoundDevice &device,
						 const kernel::Regmap<Layout> &map)
{
	const auto irqs = KTRY(kernel::RegmapIrqChip<Irqs>::add(device, map, 5));
	return irqs.irq<Wanted>();
}
