// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump has no public probe\(\) for a PCI device: write in it static kernel::Result<Pump>
// probe\(kernel::pci::BoundDevice &\); errors: 1
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

struct Pump {
	static constexpr kernel::pci::Ids ids{kernel::pci::id(0x1234, 0x5678)};
#ifdef REFUSED
	static kernel::Result<> probe(kernel::pci::BoundDevice & /*device*/) { return {}; }
#else
	static kernel::Result<Pump> probe(kernel::pci::BoundDevice & /*device*/) { return Pump{}; }
#endif
};
KERNEL_PCI_DRIVER(Pump);
