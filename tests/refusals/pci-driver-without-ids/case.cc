// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump names no devices: write in it static constexpr kernel::pci::Ids ids
// errors: 1
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

struct Pump {
#ifndef REFUSED
	static constexpr kernel::pci::Ids ids{kernel::pci::id(0x1234, 0x5678)};
#endif
	static kernel::Result<Pump> probe(kernel::pci::BoundDevice & /*device*/) { return Pump{}; }
};
KERNEL_PCI_DRIVER(Pump);
