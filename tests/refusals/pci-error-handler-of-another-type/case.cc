// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Card::reset_done\(\) is not the one of a PCI driver: write void
// reset_done\(kernel::pci::BoundDevice &\);
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

namespace
{

struct Card {
	static constexpr kernel::pci::Ids ids{kernel::pci::id(0x1234, 0x5678)};
	static kernel::Result<Card> probe(kernel::pci::BoundDevice & /*device*/) { return Card{}; }
#ifdef REFUSED
	void reset_done() {}
#else
	void reset_done(kernel::pci::BoundDevice & /*device*/) {}
#endif
};

} // namespace

KERNEL_PCI_DRIVER(Card);
