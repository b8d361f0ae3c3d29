// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A button and a lamp on lines of edu_lines.cc: the button is pressed by a line that is wired to
/// its own. The module is loaded before the one that has the lines.

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/input.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/leds.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>

#include <linux/input-event-codes.h>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's input devices and LEDs on GPIO lines");
MODULE_LICENSE("GPL");

namespace
{

/// The lamp, on a line of its own
class Lamp
{
public:
	explicit Lamp(gpio::Output line) : line_{std::move(line)} {}

	Result<> set_brightness(unsigned int brightness)
	{
		line_.set(brightness != 0);
		return {};
	}

	Result<> add(BoundDevice &device)
	{
		return led_.add(device, *this, {.name = "button:green:status"});
	}

private:
	gpio::Output line_;
	leds::Led led_;
};

class Button
{
public:
	static constexpr platform::Ids ids{platform::id("edu_button")};

	static Result<Button> probe(platform::BoundDevice &device)
	{
		auto pressed = KTRY(gpio::Input::get(device, "button"));
		auto press = KTRY(gpio::Output::get(device, "press", gpio::inactive));
		auto lamp = KTRY(gpio::Output::get(device, "lamp", gpio::inactive));
		return {std::in_place, std::move(pressed), std::move(press), std::move(lamp)};
	}

	Button(gpio::Input pressed, gpio::Output press, gpio::Output lamp)
	    : pressed_{std::move(pressed)}, press_{std::move(press)}, lamp_{std::move(lamp)}
	{
	}

	Result<> start(platform::BoundDevice &device);

	Result<> open()
	{
		users_.fetch_add(1);
		return {};
	}
	void close() { users_.fetch_sub(1); }

	[[nodiscard]] int users() const { return users_.read(); }
	[[nodiscard]] Result<bool> pressed() const { return press_.is_active(); }
	Result<> press(bool pressed)
	{
		press_.set(pressed);
		return {};
	}
	using Attributes =
		sysfs::Attributes<sysfs::ReadOnly<"users", &Button::users>,
				  sysfs::ReadWrite<"press", &Button::pressed, &Button::press>>;

	void report_nothing() { input_.sync(); }
	Result<> add(platform::BoundDevice &device)
	{
		return input_.add(device, *this, {.name = "button of edu", .keys = keys});
	}

private:
	static constexpr std::array keys{input::Key{BTN_0}, input::Key{BTN_1}};

	IrqReturn in_thread()
	{
		const auto pressed = pressed_.is_active();
		if (!pressed)
			return IrqReturn::none;
		input_.report(keys[0], *pressed);
		input_.sync();
		input_.report(keys[0], false);
		input_.sync();
		return IrqReturn::handled;
	}

	gpio::Input pressed_;
	gpio::Output press_;
	Lamp lamp_;
	Atomic<int> users_{0};
	input::Device input_;
	ThreadedIrq<&Button::in_thread> irq_{*this};
};

struct Tried {
	Button &button;
	platform::BoundDevice &device;
};
using Behaviour = BehaviourOf<Tried>;

Result<> report_before_the_input_device_is_added_is_ignored(Tried &tried)
{
	tried.button.report_nothing();
	return {};
}

Result<> input_device_is_added_once(Tried &tried)
{
	KTRY(tried.button.add(tried.device));
	const Result<> again = tried.button.add(tried.device);
	CHECK(!again && again.error() == EBUSY);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(report_before_the_input_device_is_added_is_ignored),
	BEHAVES(input_device_is_added_once),
};

Result<> Button::start(platform::BoundDevice &device)
{
	Tried tried{*this, device};
	report(tried, behaviours);
	KTRY(lamp_.add(device));
	return irq_.request(device, KTRY(pressed_.irq()), irq_flags::rising);
}

constexpr std::array lines_of_button{
	gpio::OwnLine{.name = "button", .chip = "0000:00:1d.0", .line = 6},
	gpio::OwnLine{.name = "press", .chip = "0000:00:1d.0", .line = 2},
	gpio::OwnLine{.name = "lamp", .chip = "0000:00:1d.0", .line = 3},
};

struct Drivers {
	static Result<Drivers> init(ThisModule &module)
	{
		auto table = KTRY(gpio::LookupTable::make("edu_button", lines_of_button));
		auto driver = KTRY(platform::Registration<Button>::make(module));
		return {std::in_place, std::move(table), std::move(driver),
			KTRY(platform::NewDevice::make("edu_button"))};
	}

	gpio::LookupTable table;
	platform::Registration<Button> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Button);
KERNEL_MODULE(Drivers);
