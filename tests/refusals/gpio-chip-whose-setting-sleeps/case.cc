// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: settings of lines are kernel::Result<> set_bias\(unsigned int line, kernel::gpio::Bias bias\)
#include <kernel/gpio.hpp>

struct Pump {
	static constexpr unsigned int lines = 4;
	kernel::Result<bool> get(unsigned int line) const KCXX_MUST_NOT_SLEEP;
#ifdef REFUSED
	kernel::Result<> set_bias(unsigned int line, kernel::gpio::Bias bias);
#else
	kernel::Result<> set_bias(unsigned int line, kernel::gpio::Bias bias) KCXX_MUST_NOT_SLEEP;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::gpio::Chip &chip, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, kernel::gpio::Chip &chip, Pump &pump)
{
	return chip.add(device, pump);
}
