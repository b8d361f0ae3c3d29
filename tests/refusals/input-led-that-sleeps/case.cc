// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: set_led\(\) is not the one of an input device: write void set_led\(kernel::input::Led led
#include <kernel/input.hpp>

struct Keyboard {
#ifdef REFUSED
	void set_led(kernel::input::Led led, bool on);
#else
	void set_led(kernel::input::Led led, bool on) KCXX_MUST_NOT_SLEEP;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::input::Device &input, Keyboard &keyboard);
kernel::Result<> add(kernel::BoundDevice &device, kernel::input::Device &input, Keyboard &keyboard)
{
	return input.add(device, keyboard, {.name = "keyboard"});
}
