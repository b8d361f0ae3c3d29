// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Interrupts that a device collects in registers of a map: those of an edu, each bit of whose
/// status is one. The register of its DMA that keeps an address stands for the mask.

#include <array>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>
#include <kernel/regmap.hpp>
#include <kernel/sync.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_DESCRIPTION("Tries the library's interrupts of register maps on QEMU's edu");
MODULE_LICENSE("GPL");

namespace
{

struct Status : Register<u32, 0x24, Access::read_only> {
	using Low = Bit<0>;
	using High = Bit<4>;
	using Never = Bit<9>;
};
using Raise = Register<u32, 0x60, Access::write_only>;
using Acknowledge = Register<u32, 0x64, Access::write_only>;
using Mask = Register<u32, 0x80>;
using Layout = RegmapLayout<u32, Volatile<Status>, Raise, Acknowledge, Mask>;
using Irqs = RegmapIrqs<Status, Mask, Acknowledge, Status::Low, Status::High>;

static_assert(Irqs::number<Status::Low> == 0 && Irqs::number<Status::High> == 1 &&
	      Irqs::number<Status::Never> == Irqs::count);
static_assert(Layout::is_volatile<Status> && !Layout::is_volatile<Mask>);

constexpr std::string_view place{"0000:00:1c.0"}; // of the edu that is for this

/// A function of the device, which counts its interrupts
class Function
{
public:
	[[nodiscard]] unsigned int count() const { return count_.read(); }

private:
	IrqReturn in_thread()
	{
		fsleep(1_ms); // it may
		count_.fetch_add(1);
		return IrqReturn::handled;
	}

	Atomic<unsigned int> count_{0};

public:
	ThreadedIrq<&Function::in_thread> irq{*this};
};

class Chip
{
public:
	static constexpr pci::Ids ids{pci::id(0x1234, 0x11e8)};

	static Result<Chip> probe(pci::BoundDevice &device)
	{
		if (place != kernel::Device::of(device).name())
			return ENODEV;
		KTRY(device.enable());
		device.set_master(); // for its messages
		auto registers = KTRY(Regmap<Layout>::make(device, KTRY(device.map<0x100>(0))));
		const auto vectors = KTRY(device.irq_vectors(1, 1, pci::irq_kinds::msi));
		const auto irqs = KTRY(RegmapIrqChip<Irqs>::add(device, registers, vectors.irq(0)));
		return {std::in_place, device, registers, irqs};
	}
	Chip(pci::BoundDevice &bound, Regmap<Layout> map, RegmapIrqChip<Irqs> chip)
	    : device{bound}, registers{map}, irqs{chip}
	{
	}
	Result<> start(pci::BoundDevice &bound);

	/// Raises interrupts, and waits until the device has none
	Result<> raise(u32 bits)
	{
		KTRY(registers.write<Raise>(bits));
		const auto none = [](auto pending) { return pending == 0; };
		(void)KTRY(registers.poll<Status>(none, 1_ms, 1_s));
		fsleep(20_ms); // a handler follows the acknowledgement
		return {};
	}

	pci::BoundDevice &device;
	Regmap<Layout> registers;
	RegmapIrqChip<Irqs> irqs;
	Function low;
	Function high;
};

using Behaviour = BehaviourOf<Chip>;

Result<> interrupts_are_masked_until_they_are_requested(Chip &chip)
{
	CHECK(KTRY(chip.registers.read<Mask>()) == 0x11);
	KTRY(chip.low.irq.request(chip.device, KTRY(chip.irqs.irq<Status::Low>())));
	CHECK(KTRY(chip.registers.read<Mask>()) == 0x10);
	KTRY(chip.high.irq.request(chip.device, KTRY(chip.irqs.irq<Status::High>())));
	CHECK(KTRY(chip.registers.read<Mask>()) == 0);
	return {};
}

Result<> bit_of_the_status_calls_its_handler(Chip &chip)
{
	KTRY(chip.raise(Status::Low::mask));
	CHECK(chip.low.count() == 1 && chip.high.count() == 0);
	KTRY(chip.raise(Status::High::mask));
	CHECK(chip.low.count() == 1 && chip.high.count() == 1);
	KTRY(chip.raise(Status::High::mask | Status::Low::mask));
	CHECK(chip.low.count() == 2 && chip.high.count() == 2);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(interrupts_are_masked_until_they_are_requested),
	BEHAVES(bit_of_the_status_calls_its_handler),
};

Result<> Chip::start(pci::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

} // namespace

KERNEL_PCI_DRIVER(Chip);
