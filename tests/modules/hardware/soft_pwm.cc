// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A chip with two PWMs of memory alone.

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/pwm.hpp>
#include <kernel/time.hpp>

using namespace kernel;
using namespace kernel::literals;

MODULE_DESCRIPTION("Tries the library's PWMs on ones of memory");
MODULE_LICENSE("GPL");

namespace
{

class Chip
{
public:
	static constexpr platform::Ids ids{platform::id("soft_pwm")};
	static constexpr unsigned int channels = 2;

	static Result<Chip> probe(platform::BoundDevice & /*device*/) { return {std::in_place}; }
	Result<> start(platform::BoundDevice &device) { return pwm::add(device, *this); }

	Result<> apply(unsigned int channel, const pwm::State &state)
	{
		if (state.period > 1_ms)
			return EINVAL;
		pr_info("channel %u: %lld of %lld ns%s%s\n", channel, state.duty.count(),
			state.period.count(), state.inverted ? ", inverted" : "",
			state.enabled ? "" : ", disabled");
		states_[channel] = state;
		return {};
	}
	[[nodiscard]] Result<pwm::State> state(unsigned int channel) const
	{
		return states_[channel];
	}

private:
	std::array<pwm::State, channels> states_{
		{{}, {.period = 40_us, .duty = 10_us, .inverted = true}}};
};

struct Chips {
	static Result<Chips> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Chip>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("soft_pwm"))};
	}

	platform::Registration<Chip> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Chip);
KERNEL_MODULE(Chips);
