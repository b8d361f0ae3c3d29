// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A keyboard without keys that can be pressed, whose lamp and bell users set, and pedals that the
/// kernel asks for their position.

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/input.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>
#include <kernel/time.hpp>

#include <linux/input-event-codes.h>

#include "behaviours.hpp"

using namespace kernel;
using namespace kernel::literals;

MODULE_DESCRIPTION("Tries the library's input devices that users write to, or that are asked");
MODULE_LICENSE("GPL");

namespace
{

class Keyboard
{
public:
	static constexpr platform::Ids ids{platform::id("soft_keyboard")};

	static Result<Keyboard> probe(platform::BoundDevice & /*device*/)
	{
		return {std::in_place};
	}
	Result<> start(platform::BoundDevice &device);

	void set_led(input::Led led, bool on) KCXX_MUST_NOT_SLEEP
	{
		const unsigned int bit = 1U << led.code;
		if (on)
			leds_.fetch_or(bit);
		else
			leds_.fetch_and(~bit);
	}
	void set_sound(input::Sound sound, int value) KCXX_MUST_NOT_SLEEP
	{
		if (sound.code == SND_TONE)
			hertz_.set(value);
	}

	/// The pedals go down at each turn: by a key of no name, a position and a code of their
	/// own.
	void poll()
	{
		const int turn = polls_.fetch_add(1) + 1;
		pedals_.report(axes[0].axis, turn);
		pedals_.report(scan, 0x1000 + turn);
		pedals_.sync();
	}

	[[nodiscard]] unsigned int leds() const { return leds_.read(); }
	[[nodiscard]] int hertz() const { return hertz_.read(); }
	[[nodiscard]] int polls() const { return polls_.read(); }
	using Attributes = sysfs::Attributes<sysfs::ReadOnly<"leds", &Keyboard::leds>,
					     sysfs::ReadOnly<"hertz", &Keyboard::hertz>,
					     sysfs::ReadOnly<"polls", &Keyboard::polls>>;

	Result<> add_pedals(platform::BoundDevice &device, Nanoseconds interval)
	{
		return pedals_.add(device, *this,
				   {.name = "soft pedals", .axes = axes, .events = events},
				   interval);
	}

private:
	static constexpr input::Event scan{EV_MSC, MSC_SCAN};
	static constexpr std::array keys{input::Key{KEY_A}};
	static constexpr std::array lamps{input::Led{LED_CAPSL}};
	static constexpr std::array sounds{input::Sound{SND_TONE}};
	static constexpr std::array axes{
		input::AxisRange{.axis = input::Axis{ABS_GAS}, .least = 0, .most = 1000}};
	static constexpr std::array events{scan};

	Atomic<unsigned int> leds_{0};
	Atomic<int> hertz_{0};
	Atomic<int> polls_{0};
	input::Device keyboard_;
	input::Device pedals_;
};

struct Tried {
	Keyboard &keyboard;
	platform::BoundDevice &device;
};
using Behaviour = BehaviourOf<Tried>;

Result<> interval_below_a_millisecond_is_refused(Tried &tried)
{
	CHECK(tried.keyboard.add_pedals(tried.device, 999_us).error_or(EPERM) == EINVAL);
	CHECK(tried.keyboard.add_pedals(tried.device, Nanoseconds{-1}).error_or(EPERM) == EINVAL);
	return tried.keyboard.add_pedals(tried.device, 10_ms);
}

Result<> device_without_a_user_is_not_asked(Tried &tried)
{
	fsleep(50_ms);
	CHECK(tried.keyboard.polls() == 0);
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(interval_below_a_millisecond_is_refused),
	BEHAVES(device_without_a_user_is_not_asked),
};

Result<> Keyboard::start(platform::BoundDevice &device)
{
	KTRY(keyboard_.add(
		device, *this,
		{.name = "soft keyboard", .keys = keys, .leds = lamps, .sounds = sounds}));
	Tried tried{*this, device};
	report(tried, behaviours);
	return {};
}

struct Keyboards {
	static Result<Keyboards> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Keyboard>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("soft_keyboard"))};
	}

	platform::Registration<Keyboard> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Keyboard);
KERNEL_MODULE(Keyboards);
