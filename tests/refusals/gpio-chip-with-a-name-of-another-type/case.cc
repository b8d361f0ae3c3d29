// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: names of lines are const char \*line_name\(unsigned int line\) const
#include <string_view>

#include <kernel/gpio.hpp>

struct Pump {
	unsigned int lines() const;
	kernel::Result<bool> get(unsigned int line) const;
#ifdef REFUSED
	std::string_view line_name(unsigned int line) const;
#else
	const char *line_name(unsigned int line) const;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::gpio::Chip &chip, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, kernel::gpio::Chip &chip, Pump &pump)
{
	return chip.add(device, pump);
}
