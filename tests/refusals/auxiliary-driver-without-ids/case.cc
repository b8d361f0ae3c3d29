// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump names no devices: write in it static constexpr kernel::auxiliary::Ids ids
// errors: 1
#include <kernel/auxiliary.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

namespace
{

struct Pump {
#ifndef REFUSED
	static constexpr kernel::auxiliary::Ids ids{kernel::auxiliary::id("plant.pump")};
#endif
	static kernel::Result<Pump> probe(kernel::auxiliary::BoundDevice & /*device*/)
	{
		return Pump{};
	}
};

} // namespace

KERNEL_AUXILIARY_DRIVER(Pump);
