// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump names no devices: write in it static constexpr kernel::of::Ids of_ids
// errors: 1
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

struct Pump {
#ifndef REFUSED
	static constexpr kernel::of::Ids of_ids{kernel::of::compatible("acme,pump")};
#endif
	static kernel::Result<Pump> probe(kernel::platform::BoundDevice & /*device*/)
	{
		return Pump{};
	}
};
KERNEL_PLATFORM_DRIVER(Pump);
