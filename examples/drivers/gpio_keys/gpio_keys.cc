// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <chrono>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/input.hpp>
#include <kernel/interrupt.hpp>
#include <kernel/memory.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/time.hpp>

#include <linux/input-event-codes.h>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for keys and switches on GPIO lines");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

/// A key or a switch, on a line that interrupts
class Button
{
public:
	static Result<Box<Button>> make(platform::BoundDevice &device, const Node &node,
					input::Device &input)
	{
		const u32 type = node.property_or<u32>("linux,input-type", EV_KEY);
		if (type != EV_KEY && type != EV_SW)
			return EINVAL;
		return Box<Button>::make(GFP_KERNEL, input, KTRY(gpio::Input::get(device, node)),
					 KTRY(node.property<u32>("linux,code")), type == EV_SW,
					 node);
	}

	Button(input::Device &input, gpio::Input line, u32 code, bool is_switch, const Node &node)
	    : code{code}, is_switch{is_switch}, wakes{node.has_property("wakeup-source")},
	      bounces_{std::chrono::milliseconds{node.property_or<u32>("debounce-interval", 5)}},
	      input_{input}, line_{std::move(line)}
	{
	}

	Result<> start(platform::BoundDevice &device)
	{
		const unsigned int irq = KTRY(line_.irq());
		return irq_.request(device, irq, irq_flags::rising | irq_flags::falling);
	}

	/// Lets this button wake the system, if it is one for that, or no longer.
	Result<> set_wake(bool on) { return irq_.set_wake(wakes && on); }

	void report()
	{
		const Result<bool> active = line_.is_active();
		if (!active)
			return;
		if (is_switch)
			input_.report(input::Switch{code}, *active);
		else
			input_.report(input::Key{code}, *active);
		input_.sync();
	}

	const u32 code;
	const bool is_switch;
	const bool wakes; ///< the system, if users allow it

private:
	IrqReturn in_thread()
	{
		fsleep(bounces_); // an edge meanwhile calls this again
		report();
		return IrqReturn::handled;
	}

	const Nanoseconds bounces_;
	input::Device &input_;
	gpio::Input line_;
	ThreadedIrq<&Button::in_thread> irq_{*this};
};

class GpioKeys
{
public:
	static constexpr of::Ids of_ids{of::compatible("gpio-keys")};

	static Result<GpioKeys> probe(platform::BoundDevice & /*device*/)
	{
		return {std::in_place};
	}

	Result<> start(platform::BoundDevice &device)
	{
		Vec<input::Key> keys;
		Vec<input::Switch> switches;
		for (const Node &node : child_nodes(device)) {
			auto button = KTRY(Button::make(device, node, input_));
			if (button->is_switch)
				KTRY(switches.push(input::Switch{button->code}, GFP_KERNEL));
			else
				KTRY(keys.push(input::Key{button->code}, GFP_KERNEL));
			KTRY(buttons_.push(std::move(button), GFP_KERNEL));
		}
		KTRY(input_.add(device, *this,
				{.name = "cxx_gpio_keys",
				 .phys = "gpio-keys/input0",
				 .keys = keys,
				 .switches = switches,
				 .repeats = device.has_property("autorepeat")}));
		for (Box<Button> &button : buttons_)
			KTRY(button->start(device));
		dev_info(device, "%zu buttons\n", buttons_.size());
		for (Box<Button> &button : buttons_)
			if (button->wakes)
				return init_wakeup(device);
		return {};
	}

	/// Reports all buttons to the first user.
	Result<> open()
	{
		report();
		return {};
	}

	Result<> suspend(platform::BoundDevice &device)
	{
		for (Box<Button> &button : buttons_)
			KTRY(button->set_wake(may_wakeup(device)));
		return {};
	}

	Result<> resume(platform::BoundDevice & /*device*/)
	{
		for (Box<Button> &button : buttons_)
			KTRY(button->set_wake(false));
		report();
		return {};
	}

private:
	void report()
	{
		for (Box<Button> &button : buttons_)
			button->report();
	}

	input::Device input_;
	Vec<Box<Button>> buttons_;
};

} // namespace

KERNEL_PLATFORM_DRIVER(GpioKeys);
