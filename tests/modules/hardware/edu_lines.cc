// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A chip with GPIO lines on an edu, and a device that uses two of them: what is written to the
/// first four lines is wired to the other four, which interrupt.

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/pci.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's GPIO lines on QEMU's edu");
MODULE_LICENSE("GPL");

namespace
{

using InterruptStatus = Register<u32, 0x24, Access::read_only>;
using InterruptRaise = Register<u32, 0x60, Access::write_only>;
using InterruptAcknowledge = Register<u32, 0x64, Access::write_only>;

constexpr std::string_view place{"0000:00:1d.0"}; // of the edu that has lines

class Lines
{
public:
	static constexpr pci::Ids ids{pci::id(0x1234, 0x11e8)};
	static constexpr unsigned int lines = 8;

	static Result<Lines> probe(pci::BoundDevice &device)
	{
		if (place != kernel::Device::of(device).name())
			return ENODEV;
		KTRY(device.enable());
		device.set_master(); // for its messages
		return {std::in_place, KTRY(device.map<0x100>(0)),
			KTRY(device.irq_vectors(1, 1, pci::irq_kinds::msi))};
	}

	Lines(Mmio<0x100> registers, pci::IrqVectors vectors)
	    : registers_{registers}, vectors_{vectors}
	{
	}

	Result<> start(pci::BoundDevice &device)
	{
		KTRY(chip_.add(device, *this, vectors_.irq(0)));
		const Result<> again = chip_.add(device, *this);
		return again ? EINVAL : Result<>{};
	}

	Result<bool> get(unsigned int line) const KCXX_MUST_NOT_SLEEP
	{
		return {std::in_place, (levels_.read() >> line & 1) != 0};
	}
	Result<> set(unsigned int line, bool high) KCXX_MUST_NOT_SLEEP
	{
		const u32 both = 0x11U << line;
		if (high)
			levels_.fetch_or(both);
		else
			levels_.fetch_and(~both);
		if (high && (enabled_.read() & both) != 0)
			registers_.write<InterruptRaise>(both & 0xf0);
		return {};
	}
	[[nodiscard]] Result<gpio::Direction> direction(unsigned int line) const KCXX_MUST_NOT_SLEEP
	{
		return line < 4 ? gpio::Direction::output : gpio::Direction::input;
	}
	Result<> make_input(unsigned int line) KCXX_MUST_NOT_SLEEP
	{
		return line < 4 ? Result<>{EINVAL} : Result<>{};
	}
	Result<> make_output(unsigned int line, bool high) KCXX_MUST_NOT_SLEEP
	{
		return line < 4 ? set(line, high) : EINVAL;
	}

	[[nodiscard]] unsigned long pending_irqs() const KCXX_MUST_NOT_SLEEP
	{
		return registers_.read<InterruptStatus>().bits() & enabled_.read();
	}
	void mask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP { enabled_.fetch_and(~(1U << line)); }
	void unmask_irq(unsigned int line) KCXX_MUST_NOT_SLEEP { enabled_.fetch_or(1U << line); }
	void ack_irq(unsigned int line) KCXX_MUST_NOT_SLEEP
	{
		registers_.write<InterruptAcknowledge>(1U << line);
	}
	Result<> set_trigger(unsigned int line, gpio::Trigger trigger) KCXX_MUST_NOT_SLEEP
	{
		const bool fits = line >= 4 && (trigger == gpio::Trigger::rising ||
						trigger == gpio::Trigger::none);
		return fits ? Result<>{} : Result<>{EINVAL};
	}

private:
	Mmio<0x100> registers_;
	pci::IrqVectors vectors_;
	Atomic<u32> levels_{0};
	Atomic<u32> enabled_{0};
	gpio::Chip chip_;
};

/// A device whose output is wired to its input
class Wired
{
public:
	static constexpr platform::Ids ids{platform::id("wired")};

	static Result<Wired> probe(platform::BoundDevice &device)
	{
		auto drive = KTRY(gpio::Output::get(device, "drive", gpio::inactive));
		auto sense = KTRY(gpio::Input::get(device, "sense"));
		return {std::in_place, device, std::move(drive), std::move(sense)};
	}

	Wired(platform::BoundDevice &device, gpio::Output drive, gpio::Input sense)
	    : device{device}, drive{std::move(drive)}, sense{std::move(sense)}
	{
	}

	Result<> start(platform::BoundDevice &device);

	IrqReturn interrupt() KCXX_MUST_NOT_SLEEP
	{
		interrupts.fetch_add(1);
		return IrqReturn::handled;
	}

	platform::BoundDevice &device;
	gpio::Output drive;
	gpio::Input sense;
	Atomic<u32> interrupts{0};
	Irq<&Wired::interrupt> irq{*this};
};

using Behaviour = BehaviourOf<Wired>;

Result<> input_follows_the_output(Wired &wired)
{
	CHECK(!KTRY(wired.sense.is_active()));
	wired.drive.set(true);
	CHECK(KTRY(wired.sense.is_active()) && KTRY(wired.drive.is_active()));
	wired.drive.set_atomic(false);
	CHECK(!KTRY(wired.sense.is_active_atomic()));
	CHECK(!wired.drive.can_sleep());
	return {};
}

Result<> line_interrupts_at_its_edge(Wired &wired)
{
	KTRY(wired.irq.request(wired.device, KTRY(wired.sense.irq()), irq_flags::rising));
	for (u32 count = 1; count <= 2; ++count) {
		wired.drive.set(false);
		wired.drive.set(true);
		// Another CPU may handle it, later.
		for (int turn = 0; turn < 1000 && wired.interrupts.read() < count; ++turn)
			fsleep(1_ms);
	}
	wired.irq.synchronize();
	CHECK(wired.interrupts.read() == 2);
	return {};
}

Result<> line_that_is_missing_is_an_error_unless_it_is_optional(Wired &wired)
{
	const auto missing = gpio::Input::get(wired.device, "missing");
	CHECK(!missing && missing.error() == ENOENT);
	CHECK(!KTRY(gpio::Output::get_optional(wired.device, "missing", gpio::active)));
	CHECK(KTRY(gpio::Input::get_optional(wired.device, "other")));
	return {};
}

Result<> line_belongs_to_one_driver_until_its_object_ends(Wired &wired)
{
	const auto taken = gpio::Input::get(wired.device, "sense");
	CHECK(!taken && taken.error() == EBUSY);
	auto first = KTRY(gpio::Input::get(wired.device, "other"));
	CHECK(!gpio::Input::get(wired.device, "other"));
	{
		const gpio::Input moved = std::move(first);
	}
	CHECK(gpio::Input::get(wired.device, "other"));
	return {};
}

Result<> wiring_is_active_when_low(Wired &wired)
{
	auto inverted = KTRY(gpio::Output::get(wired.device, "inverted", gpio::active));
	CHECK(KTRY(inverted.is_active()));
	CHECK(!KTRY(KTRY(gpio::Input::get(wired.device, "other")).is_active()));
	inverted.set(false);
	CHECK(KTRY(KTRY(gpio::Input::get(wired.device, "other")).is_active()));
	return {};
}

Result<> direction_that_the_chip_has_not_is_refused(Wired &wired)
{
	const auto output = gpio::Output::get(wired.device, "other", gpio::inactive);
	CHECK(!output && output.error() == EINVAL);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(input_follows_the_output),
	BEHAVES(line_interrupts_at_its_edge),
	BEHAVES(line_that_is_missing_is_an_error_unless_it_is_optional),
	BEHAVES(line_belongs_to_one_driver_until_its_object_ends),
	BEHAVES(wiring_is_active_when_low),
	BEHAVES(direction_that_the_chip_has_not_is_refused),
};

Result<> Wired::start(platform::BoundDevice & /*device*/)
{
	report(*this, behaviours);
	return {};
}

constexpr std::array lines_of_wired{
	gpio::OwnLine{.name = "drive", .chip = place.data(), .line = 0},
	gpio::OwnLine{.name = "sense", .chip = place.data(), .line = 4},
	gpio::OwnLine{.name = "inverted",
		      .chip = place.data(),
		      .line = 1,
		      .wiring = gpio::wiring::active_low},
	gpio::OwnLine{.name = "other", .chip = place.data(), .line = 5},
};

struct Drivers {
	static Result<Drivers> init(ThisModule &module)
	{
		auto lines = KTRY(pci::Registration<Lines>::make(module));
		auto table = KTRY(gpio::LookupTable::make("wired", lines_of_wired));
		auto wired = KTRY(platform::Registration<Wired>::make(module));
		return {std::in_place, std::move(lines), std::move(table), std::move(wired),
			KTRY(platform::NewDevice::make("wired"))};
	}

	pci::Registration<Lines> lines;
	gpio::LookupTable table;
	platform::Registration<Wired> wired;
	platform::NewDevice device;
};

} // namespace

KERNEL_PCI_DEVICE_TABLE(Lines);
KERNEL_PLATFORM_DEVICE_TABLE(Wired);
KERNEL_MODULE(Drivers);
