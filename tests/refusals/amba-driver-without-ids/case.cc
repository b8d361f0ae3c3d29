// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump names no devices: write in it static constexpr kernel::amba::Ids
// ids\{kernel::amba::id\(0x00041031, 0x000fffff\)\};
#include <kernel/amba.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

namespace
{
struct Pump {
#ifndef REFUSED
	static constexpr kernel::amba::Ids ids{kernel::amba::id(0x00041031, 0x000fffff)};
#endif
	static kernel::Result<Pump> probe(kernel::amba::BoundDevice & /*device*/) { return Pump{}; }
};
} // namespace

KERNEL_AMBA_DRIVER(Pump);
