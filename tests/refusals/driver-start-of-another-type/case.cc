// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Pump::start\(\) is not the one of a driver: write kernel::Result<>
// start\(kernel::pci::BoundDevice &\); errors: 1
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

struct Pump {
	static constexpr kernel::pci::Ids ids{kernel::pci::id(0x1234, 0x5678)};
	static kernel::Result<Pump> probe(kernel::pci::BoundDevice & /*device*/) { return Pump{}; }
#ifdef REFUSED
	void start(kernel::pci::BoundDevice & /*device*/) {}
#else
	kernel::Result<> start(kernel::pci::BoundDevice & /*device*/) { return {}; }
#endif
};
KERNEL_PCI_DRIVER(Pump);
