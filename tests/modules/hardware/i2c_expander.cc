// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Chips with GPIO lines on an I2C bus, whose lines interrupt: the driver, and the bus with models
/// of two chips, of 8 lines and of 16. An edu is the bus's device, whose interrupt is that of both.

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/i2c.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/io.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/time.hpp>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_DESCRIPTION("Tries the library's interrupts of GPIO lines behind a bus");
MODULE_LICENSE("GPL");

namespace
{

using InterruptRaise = Register<u32, 0x60, Access::write_only>;
using InterruptAcknowledge = Register<u32, 0x64, Access::write_only>;

constexpr std::string_view place{"0000:00:1b.0"}; // of the edu that is for this
constexpr u16 first_address = 0x20;

/// The registers of a chip, of two bytes each, low byte first
enum class Place : u8 { input, output, is_output, irq_enable, pull_up, debounce, count };

/// A chip behind its bus: its driver changes the registers by transfers, of which there is one at a
/// time, and the levels of its inputs change at any time.
struct Model {
	std::array<Atomic<u32>, static_cast<std::size_t>(Place::count)> registers{};
	Atomic<u32> transfers{0};

	Atomic<u32> &operator[](Place at) { return registers[static_cast<std::size_t>(at)]; }
};

/// The bus and its chips
class Bus
{
public:
	static constexpr pci::Ids ids{pci::id(0x1234, 0x11e8)};

	static Result<Bus> probe(pci::BoundDevice &device)
	{
		if (place != kernel::Device::of(device).name())
			return ENODEV;
		KTRY(device.enable());
		device.set_master(); // for its messages
		return {std::in_place, KTRY(device.map<0x100>(0)),
			KTRY(device.irq_vectors(1, 1, pci::irq_kinds::msi))};
	}

	Bus(Mmio<0x100> registers, pci::IrqVectors vectors)
	    : registers_{registers}, vectors_{vectors}
	{
	}

	Result<> start(pci::BoundDevice &device)
	{
		const unsigned int irq = vectors_.irq(0);
		i2c::Adapter &adapter = KTRY(i2c::add(device, *this, "the bus of expanders"));
		the_bus = this;
		KTRY(adapter.add_device("kcxx_expander8", first_address, {.irq = irq}));
		return adapter.add_device("kcxx_expander16", first_address + 1, {.irq = irq});
	}

	Result<> transfer(i2c::Messages messages)
	{
		for (const i2c::Message &message : messages) {
			Model &chip = chip_at(message.address());
			if (message.is_read()) {
				chip.transfers.fetch_add(1);
				const u32 value = chip[at_].read();
				for (unsigned int shift = 0; u8 & byte : message.received())
					byte = static_cast<u8>(value >>
							       std::exchange(shift, shift + 8));
				continue;
			}
			const auto sent = message.sent();
			if (sent.empty() || sent[0] >= static_cast<u8>(Place::count))
				return EIO;
			at_ = static_cast<Place>(sent[0]);
			if (sent.size() == 3) {
				chip.transfers.fetch_add(1);
				chip[at_].set(sent[1] | u32{sent[2]} << 8);
			}
		}
		return {};
	}

	Model &chip_at(u16 address) { return chips_[address & 1]; }

	/// The levels at a chip's inputs change: it interrupts if an enabled one does.
	void drive(u16 address, u32 levels)
	{
		Model &chip = chip_at(address);
		const u32 changed = chip[Place::input].exchange(levels) ^ levels;
		if ((changed & chip[Place::irq_enable].read()) != 0)
			interrupt();
	}
	void interrupt()
	{
		registers_.write<InterruptAcknowledge>(1);
		registers_.write<InterruptRaise>(1);
	}

	static inline constinit Bus *the_bus = nullptr; // for behaviours

private:
	Mmio<0x100> registers_;
	pci::IrqVectors vectors_;
	std::array<Model, 2> chips_{};
	Place at_ = Place::input;
};

/// The driver of the chips
class Expander
{
public:
	static constexpr i2c::Ids ids{i2c::id("kcxx_expander8", 8U),
				      i2c::id("kcxx_expander16", 16U)};

	static Result<Expander> probe(i2c::BoundClient &client, const unsigned int &lines)
	{
		return {std::in_place, client, lines};
	}
	Expander(i2c::BoundClient &bound, unsigned int lines)
	    : client{bound}, outputs_{LOCK_CLASS("expander"), 0U}, lines_{lines}
	{
	}

	Result<> start(i2c::BoundClient &bound);
	/// The chip's own line is given back before the chip ends.
	void stop(i2c::BoundClient & /*bound*/) { door_.reset(); }

	[[nodiscard]] unsigned int lines() const { return lines_; }
	[[nodiscard]] const char *line_name(unsigned int line) const
	{
		return line == 0 && lines_ == 16 ? "door of the pump" : nullptr;
	}
	[[nodiscard]] bool has_line(unsigned int line) const { return line != gap; }

	Result<bool> get(unsigned int line) const
	{
		return {std::in_place, (KTRY(get_lines(1UL << line)) >> line & 1) != 0};
	}
	Result<unsigned long> get_lines(unsigned long /*lines*/) const
	{
		return read(Place::input);
	}
	Result<> set(unsigned int line, bool high)
	{
		return set_lines(1UL << line, high ? 1UL << line : 0);
	}
	Result<> set_lines(unsigned long lines, unsigned long levels)
	{
		auto outputs = outputs_.lock();
		*outputs = static_cast<u32>((*outputs & ~lines) | levels);
		return write(Place::output, *outputs);
	}
	Result<gpio::Direction> direction(unsigned int line) const
	{
		const bool output = (KTRY(read(Place::is_output)) >> line & 1) != 0;
		return output ? gpio::Direction::output : gpio::Direction::input;
	}
	Result<> make_input(unsigned int line)
	{
		auto outputs = outputs_.lock();
		return write(Place::is_output,
			     static_cast<u32>(KTRY(read(Place::is_output)) & ~(1UL << line)));
	}
	Result<> make_output(unsigned int line, bool high)
	{
		KTRY(set(line, high));
		auto outputs = outputs_.lock();
		return write(Place::is_output,
			     static_cast<u32>(KTRY(read(Place::is_output)) | 1UL << line));
	}

	/// The chip pulls lines up alone.
	Result<> set_bias(unsigned int line, gpio::Bias bias)
	{
		if (bias == gpio::Bias::pull_down)
			return EOPNOTSUPP;
		const unsigned long others = KTRY(read(Place::pull_up)) & ~(1UL << line);
		const bool pulls = bias == gpio::Bias::pull_up;
		return write(Place::pull_up, static_cast<u32>(others | (pulls ? 1UL << line : 0)));
	}
	Result<> set_debounce(unsigned int /*line*/, Nanoseconds time)
	{
		if (time > 50_ms)
			return EINVAL;
		return write(Place::debounce, static_cast<u32>(time.count() / 1'000'000));
	}

	Result<> set_irqs(const gpio::LineIrqs &irqs)
	{
		const unsigned long enabled = std::exchange(enabled_, irqs.enabled);
		before_ = (before_ & enabled) | (KTRY(read(Place::input)) & ~enabled);
		return write(Place::irq_enable, static_cast<u32>(irqs.enabled));
	}
	Result<unsigned long> pending_irqs(const gpio::LineIrqs &irqs)
	{
		const unsigned long now = KTRY(read(Place::input));
		return irqs.fired(std::exchange(before_, now), now);
	}

	IrqReturn at_the_door()
	{
		fsleep(1_ms); // it may
		opened_.fetch_add(1);
		return IrqReturn::handled;
	}

	static constexpr unsigned int gap = 7;

	i2c::BoundClient &client;

private:
	Result<unsigned long> read(Place at) const
	{
		std::array<u8, 2> bytes{};
		KTRY(client.write_then_read(std::array{static_cast<u8>(at)}, bytes));
		return {std::in_place, static_cast<unsigned long>(bytes[0] | bytes[1] << 8)};
	}
	Result<> write(Place at, u32 value) const
	{
		return client.send(std::array<u8, 3>{static_cast<u8>(at), static_cast<u8>(value),
						     static_cast<u8>(value >> 8)});
	}

	Mutex<u32> outputs_;
	unsigned int lines_;
	unsigned long enabled_ = 0;
	unsigned long before_ = 0; // the levels of lines that are enabled
	gpio::Chip chip_;

	// The chip with 16 lines uses one itself, until it is unbound.
	std::optional<gpio::LookupTable> table_;
	std::optional<gpio::Input> door_;
	Atomic<int> opened_{0};
	ThreadedIrq<&Expander::at_the_door> opens_{*this};
};

/// A user of lines, in behaviours
struct User {
	explicit User(Expander &chip) : expander{chip} {}

	IrqReturn in_thread()
	{
		fsleep(1_ms); // it may
		count.fetch_add(1);
		return IrqReturn::handled;
	}
	IrqReturn at_once() KCXX_MUST_NOT_SLEEP { return IrqReturn::wake_thread; }

	i2c::BoundClient &device() { return expander.client; }
	Model &model() { return Bus::the_bus->chip_at(expander.client.address()); }

	/// Waits until the handler was called so often; false if it was not, or more often.
	bool is_called(int times) const
	{
		for (int turn = 0; turn < 1000 && count.read() < times; ++turn)
			fsleep(1_ms);
		return count.read() == times;
	}

	/// Changes the levels, and waits as long as a handler needs that must not be called.
	void drive(u32 levels)
	{
		Bus::the_bus->drive(expander.client.address(), levels);
		fsleep(30_ms);
	}

	Expander &expander;
	Atomic<int> count{0};
	ThreadedIrq<&User::in_thread> irq{*this};
	ThreadedIrq<&User::in_thread, &User::at_once> in_two_steps{*this};
	Irq<&User::at_once> hard{*this};
};

using Behaviour = BehaviourOf<User>;

Result<> chip_has_the_lines_of_its_model(User &user)
{
	const auto far = gpio::Input::get(user.device(), "far");
	CHECK(far.has_value() == (user.expander.lines() == 16));
	return {};
}

Result<> gap_in_the_lines_does_not_interrupt(User &user)
{
	const auto gap = gpio::Input::get(user.device(), "gap");
	CHECK(!gap || !gap->irq());
	return {};
}

Result<> lines_are_reached_where_sleep_is_allowed(User &user)
{
	auto output = KTRY(gpio::Output::get(user.device(), "output", gpio::active));
	CHECK(output.can_sleep());
	CHECK(user.model()[Place::output].read() == 0b100 &&
	      user.model()[Place::is_output].read() == 0b100);
	output.set(false);
	CHECK(user.model()[Place::output].read() == 0);
	const auto door = KTRY(gpio::Input::get(user.device(), "door"));
	user.drive(0b1);
	CHECK(KTRY(door.is_active()));
	user.drive(0);
	CHECK(!KTRY(door.is_active()));
	return {};
}

Result<> handler_of_a_hard_interrupt_is_refused(User &user)
{
	const auto door = KTRY(gpio::Input::get(user.device(), "door"));
	const unsigned int irq = KTRY(door.irq());
	CHECK(user.hard.request(user.device(), irq, irq_flags::rising).error_or(EPERM) == EINVAL);
	CHECK(user.in_two_steps.request(user.device(), irq, irq_flags::rising).error_or(EPERM) ==
	      EINVAL);
	return {};
}

Result<> level_that_does_not_interrupt_is_refused(User &user)
{
	const auto door = KTRY(gpio::Input::get(user.device(), "door"));
	CHECK(user.irq.request(user.device(), KTRY(door.irq()), irq_flags::high).error_or(EPERM) ==
	      EINVAL);
	return {};
}

/// The request writes the masks once; the end of the interrupt does so, too.
Result<> line_interrupts_in_a_thread_at_its_edge(User &user)
{
	const auto door = KTRY(gpio::Input::get(user.device(), "door"));
	CHECK(user.model()[Place::irq_enable].read() == 0);
	const u32 before = user.model().transfers.read();
	{
		ThreadedIrq<&User::in_thread> irq{user};
		KTRY(irq.request(user.device(), KTRY(door.irq()), irq_flags::rising));
		CHECK(user.model()[Place::irq_enable].read() == 0b1);
		CHECK(user.model().transfers.read() == before + 2); // one to read, one to write
		user.drive(0b1);
		CHECK(user.is_called(1));
		user.drive(0b0);
		CHECK(user.is_called(1));
		user.drive(0b11);
		CHECK(user.is_called(2));
	}
	CHECK(user.model()[Place::irq_enable].read() == 0);
	user.drive(0);
	CHECK(user.is_called(2));
	return {};
}

Result<> lines_interrupt_each_by_itself(User &user)
{
	User other{user.expander};
	const auto door = KTRY(gpio::Input::get(user.device(), "door"));
	const auto window = KTRY(gpio::Input::get(user.device(), "window"));
	const int before = user.count.read();
	{
		ThreadedIrq<&User::in_thread> first{user};
		ThreadedIrq<&User::in_thread> second{other};
		KTRY(first.request(user.device(), KTRY(door.irq()), irq_flags::falling));
		KTRY(second.request(user.device(), KTRY(window.irq()),
				    irq_flags::rising | irq_flags::falling));
		user.drive(0b11);
		CHECK(user.is_called(before) && other.is_called(1));
		user.drive(0b00);
		CHECK(user.is_called(before + 1) && other.is_called(2));
	}
	return {};
}

Result<> several_lines_are_one_access(User &user)
{
	auto bus = KTRY(gpio::Outputs::get(user.device(), "bus", gpio::inactive));
	CHECK(bus.size() == 3 && user.model()[Place::output].read() == 0b100'0000);
	const u32 before = user.model().transfers.read();
	KTRY(bus.set(0b101));
	CHECK(user.model().transfers.read() == before + 1);
	CHECK(user.model()[Place::output].read() == 0b001'0000); // the last one is inverted
	KTRY(bus.set(0b010));
	CHECK(user.model()[Place::output].read() == 0b110'0000);
	user.drive(0b010'0000);
	CHECK(KTRY(bus.are_active()) == 0b110);
	user.drive(0);
	return {};
}

Result<> inputs_are_read_at_once(User &user)
{
	const auto bus = KTRY(gpio::Inputs::get(user.device(), "bus"));
	CHECK(user.model()[Place::is_output].read() == 0b100); // of another behaviour
	user.drive(0b001'0000);
	const u32 before = user.model().transfers.read();
	CHECK(KTRY(bus.are_active()) == 0b101);
	CHECK(user.model().transfers.read() == before + 1);
	user.drive(0);
	const auto none = gpio::Inputs::get(user.device(), "nothing");
	CHECK(!none && none.error() == ENOENT);
	return {};
}

Result<> wiring_and_time_are_set_in_the_chip(User &user)
{
	CHECK(user.model()[Place::pull_up].read() == 0);
	auto pulled = KTRY(gpio::Input::get(user.device(), "pulled"));
	CHECK(user.model()[Place::pull_up].read() == 0b1000);
	KTRY(pulled.set_debounce(20_ms));
	CHECK(user.model()[Place::debounce].read() == 20);
	CHECK(pulled.set_debounce(60_ms).error_or(EPERM) == EINVAL);
	return {};
}

Result<> line_is_turned_and_stays_the_drivers(User &user)
{
	auto window = KTRY(gpio::Input::get(user.device(), "window"));
	auto output = KTRY(std::move(window).to_output(gpio::active));
	CHECK((user.model()[Place::is_output].read() & 0b10) != 0);
	CHECK((user.model()[Place::output].read() & 0b10) != 0);
	const auto taken = gpio::Input::get(user.device(), "window");
	CHECK(!taken && taken.error() == EBUSY);
	window = KTRY(std::move(output).to_input());
	CHECK((user.model()[Place::is_output].read() & 0b10) == 0);
	user.drive(0b10);
	CHECK(KTRY(window.is_active()));
	user.drive(0);
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(chip_has_the_lines_of_its_model),
	BEHAVES(gap_in_the_lines_does_not_interrupt),
	BEHAVES(lines_are_reached_where_sleep_is_allowed),
	BEHAVES(handler_of_a_hard_interrupt_is_refused),
	BEHAVES(level_that_does_not_interrupt_is_refused),
	BEHAVES(line_interrupts_in_a_thread_at_its_edge),
	BEHAVES(lines_interrupt_each_by_itself),
	BEHAVES(several_lines_are_one_access),
	BEHAVES(inputs_are_read_at_once),
	BEHAVES(wiring_and_time_are_set_in_the_chip),
	BEHAVES(line_is_turned_and_stays_the_drivers),
};

Result<> Expander::start(i2c::BoundClient &bound)
{
	KTRY(chip_.add(bound, *this, bound.irq(), irq_flags::shared));
	const std::array own{
		gpio::OwnLine{.name = "door", .chip = bound.name(), .line = 0},
		gpio::OwnLine{.name = "window", .chip = bound.name(), .line = 1},
		gpio::OwnLine{.name = "output", .chip = bound.name(), .line = 2},
		gpio::OwnLine{.name = "pulled",
			      .chip = bound.name(),
			      .line = 3,
			      .wiring = gpio::wiring::pull_up},
		gpio::OwnLine{.name = "gap", .chip = bound.name(), .line = gap},
		gpio::OwnLine{.name = "far", .chip = bound.name(), .line = 9},
		gpio::OwnLine{.name = "bus", .chip = bound.name(), .line = 4, .index = 0},
		gpio::OwnLine{.name = "bus", .chip = bound.name(), .line = 5, .index = 1},
		gpio::OwnLine{.name = "bus",
			      .chip = bound.name(),
			      .line = 6,
			      .wiring = gpio::wiring::active_low,
			      .index = 2},
	};
	table_.emplace(KTRY(gpio::LookupTable::make(bound.name(), own)));
	if (lines_ == 8) {
		User user{*this};
		report(user, behaviours);
		return {};
	}
	door_.emplace(KTRY(gpio::Input::get(bound, "door")));
	KTRY(opens_.request(bound, KTRY(door_->irq()), irq_flags::rising));
	return opens_.set_wake(true);
}

struct Expanders {
	static Result<Expanders> init(ThisModule &module)
	{
		auto expander = KTRY(i2c::Registration<Expander>::make(module));
		return {std::in_place, std::move(expander),
			KTRY(pci::Registration<Bus>::make(module))};
	}

	i2c::Registration<Expander> expander;
	pci::Registration<Bus> bus;
};

} // namespace

KERNEL_I2C_DEVICE_TABLE(Expander);
KERNEL_PCI_DEVICE_TABLE(Bus);
KERNEL_MODULE(Expanders);
