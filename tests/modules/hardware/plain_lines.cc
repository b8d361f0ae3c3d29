// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Chips of lines, whose gpiochips use the nodes of their devices: with properties, and without. One
/// has an LED that is set at once.

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/leds.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries a chip of lines on devices that a module makes");
MODULE_LICENSE("GPL");

namespace
{

/// The lines of a described device are high.
class Lines
{
public:
	static constexpr platform::Ids ids{platform::id("plain_lines"),
					   platform::id("other_lines")};
	static constexpr unsigned int lines = 8;

	static Result<Lines> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device.has_property("high")};
	}
	explicit Lines(bool high) : high_{high} {}
	Result<> start(platform::BoundDevice &device);

	Result<bool> get(unsigned int /*line*/) const { return high_; }

	Result<> set_brightness(unsigned int brightness) KCXX_MUST_NOT_SLEEP
	{
		brightness_.set(brightness);
		return {};
	}
	[[nodiscard]] unsigned int brightness() const { return brightness_.read(); }

private:
	bool high_;
	Atomic<unsigned int> brightness_{0};
	gpio::Chip chip_;
	leds::Led led_;
};

using Behaviour = BehaviourOf<platform::BoundDevice>;

Result<> device_has_a_node_if_it_has_properties(platform::BoundDevice &device)
{
	CHECK(Node::of(device).has_value() == device.has_property("high"));
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(device_has_a_node_if_it_has_properties),
};

Result<> Lines::start(platform::BoundDevice &device)
{
	KTRY(chip_.add(device, *this));
	if (!high_)
		return {};
	report(device, behaviours);
	return led_.add(device, *this, {.name = "plain:green:status"});
}

constexpr std::array properties{own_property("high")};

// The gpiochips give the nodes of their devices up when the module is unloaded.
struct Chips {
	static Result<Chips> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Lines>::make(module));
		auto plain = KTRY(platform::NewDevice::make("plain_lines"));
		auto described = KTRY(platform::NewDevice::make("other_lines", properties));
		return {std::in_place, std::move(driver), std::move(plain), std::move(described)};
	}

	platform::Registration<Lines> driver;
	platform::NewDevice plain;
	platform::NewDevice described;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Lines);
KERNEL_MODULE(Chips);
