// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// LEDs whose names, colours and first states are in nodes of a description.

#include <array>
#include <cstddef>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/leds.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <linux/version.h>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's LEDs that firmware describes");
MODULE_LICENSE("GPL");

namespace
{

class Lamps
{
public:
	static constexpr platform::Ids ids{platform::id("described_leds")};
	static constexpr std::size_t count = 3;
	static constexpr unsigned int nameless = count; // one more

	static Result<Lamps> probe(platform::BoundDevice & /*device*/) { return {std::in_place}; }
	Result<> start(platform::BoundDevice &device);

	Result<> set_brightness(unsigned int lamp, unsigned int brightness)
	{
		lit_[lamp].set(brightness);
		return {};
	}
	[[nodiscard]] unsigned int brightness(unsigned int lamp) const { return lit_[lamp].read(); }

	Result<> add(platform::BoundDevice &device, const Node &node, unsigned int lamp,
		     const char *label = nullptr)
	{
		if (leds::default_state(node) == leds::DefaultState::on)
			lit_[lamp].set(255);
		return leds_[lamp].add(device, *this, node,
				       {.default_label = label,
					.device_name = "pump",
					.names_device = true,
					.brightness = lit_[lamp].read(),
					.max_brightness = 255,
					.number = lamp});
	}

private:
	std::array<Atomic<unsigned int>, count + 1> lit_{};
	std::array<leds::Led, count + 1> leds_;
};

struct Tried {
	Lamps &lamps;
	platform::BoundDevice &device;
};
using Behaviour = BehaviourOf<Tried>;

/// Kernels behind 6.12 (7.2 is known) name it as the node.
Result<> led_without_any_name_is_refused(Tried &tried)
{
	unsigned int lamp = 0;
	for (const Node &node : child_nodes(tried.device))
		if (lamp++ == 2) {
			const auto added = tried.lamps.add(tried.device, node, Lamps::nameless);
			CHECK(added ? LINUX_VERSION_CODE > KERNEL_VERSION(6, 12, 255)
				    : added.error() == EINVAL);
		}
	CHECK(lamp == Lamps::count);
	return {};
}

Result<> led_is_added_once(Tried &tried)
{
	unsigned int lamp = 0;
	for (const Node &node : child_nodes(tried.device))
		KTRY(tried.lamps.add(tried.device, node, lamp++, "white:spare"));
	for (const Node &node : child_nodes(tried.device))
		CHECK(tried.lamps.add(tried.device, node, 0).error_or(EPERM) == EBUSY);
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(led_without_any_name_is_refused),
	BEHAVES(led_is_added_once),
};

Result<> Lamps::start(platform::BoundDevice &device)
{
	Tried tried{*this, device};
	report(tried, behaviours);
	return {};
}

constexpr std::array labelled{own_property("label", "front"), own_property("default-state", "on")};
constexpr std::array coloured{own_property("color", u32{2}), // green
			      own_property("function", "status")};
constexpr std::array plain{own_property("reg", u32{2})};
constexpr std::array nodes{OwnNode{labelled}, OwnNode{coloured}, OwnNode{plain}};

struct Described {
	static Result<Described> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Lamps>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("described_leds", {}, nodes))};
	}

	platform::Registration<Lamps> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Lamps);
KERNEL_MODULE(Described);
