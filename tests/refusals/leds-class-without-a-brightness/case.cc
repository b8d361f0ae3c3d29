// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no LED: write in it kernel::Result<> set_brightness\(unsigned int
#include <kernel/leds.hpp>

struct Lamp {
#ifdef REFUSED
	void set_brightness(unsigned int brightness);
#else
	kernel::Result<> set_brightness(unsigned int brightness);
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::leds::Led &led, Lamp &lamp);
kernel::Result<> add(kernel::BoundDevice &device, kernel::leds::Led &led, Lamp &lamp)
{
	return led.add(device, lamp, {.name = "pump:green:status"});
}
