// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstddef>
#include <utility>

#include <kernel/io.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for QEMU's pci-testdev");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// The registers in BAR 0
using Test = Register<u8, 0x0, Access::write_only>;
using Offset = Register<u32, 0x4, Access::read_only>;
using Data = Register<u8, 0x8, Access::read_only>;
using Count = Register<u32, 0xc, Access::read_only>;
constexpr std::size_t size = 0x1000; // the place that a test names lies behind the registers

/// The test that a device is asked for
struct TestIndex {
	u8 number;
};

class PciTest
{
public:
	static constexpr pci::Ids ids{pci::id(0x1b36, 0x0005, TestIndex{.number = 0})};

	static Result<PciTest> probe(pci::BoundDevice &device, const TestIndex &test)
	{
		dev_dbg(device, "ids 0x%x, 0x%x\n", device.vendor(), device.device());
		KTRY(device.enable());
		device.set_master();
		const auto registers = KTRY(device.map<size>(0));
		dev_info(device, "pci-testdev data-match count: %u\n", KTRY(run(registers, test)));
		return {std::in_place, device};
	}

	explicit PciTest(pci::Device &device) : device_{device} {}
	PciTest(const PciTest &) = delete;
	PciTest &operator=(const PciTest &) = delete;
	~PciTest() { dev_dbg(device_, "removed\n"); }

private:
	/// The device names a byte and its place: writing it there adds one to the count.
	static Result<u32> run(const Mmio<size> &registers, TestIndex test)
	{
		registers.write<Test>(test.number);
		const u32 place = registers.read<Offset>().bits();
		KTRY(registers.try_write<u8>(place, registers.read<Data>().bits()));
		return registers.read<Count>().bits();
	}

	pci::Device &device_;
};

} // namespace

KERNEL_PCI_DRIVER(PciTest);
