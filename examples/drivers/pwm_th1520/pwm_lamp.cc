// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/device.hpp>
#include <kernel/leds.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/pwm.hpp>
#include <kernel/time.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for a lamp that a PWM dims");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class PwmLamp
{
public:
	static constexpr of::Ids of_ids{of::compatible("acme,pwm-lamp")};

	static Result<PwmLamp> probe(platform::BoundDevice &device)
	{
		return {std::in_place, KTRY(pwm::Output::get(device))};
	}

	explicit PwmLamp(pwm::Output output) : output_{std::move(output)} {}

	Result<> start(platform::BoundDevice &device)
	{
		return led_.add(device, *this, {.name = "lamp", .max_brightness = percent});
	}

	Result<> set_brightness(unsigned int brightness)
	{
		if (brightness == 0)
			return output_.disable();
		return output_.set_duty(output_.period() * brightness / percent);
	}

private:
	static constexpr unsigned int percent = 100;

	pwm::Output output_; // dark when this ends
	leds::Led led_;
};

} // namespace

KERNEL_PLATFORM_DRIVER(PwmLamp);
