// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: to_output\(\) ends the input: write std::move\(line\).to_output\(initially\)
#include <utility>

#include <kernel/gpio.hpp>

kernel::Result<> turn(kernel::gpio::Input &line);
kernel::Result<> turn(kernel::gpio::Input &line)
{
#ifdef REFUSED
	kernel::gpio::Output output = KTRY(line.to_output(kernel::gpio::active));
#else
	kernel::gpio::Output output = KTRY(std::move(line).to_output(kernel::gpio::active));
#endif
	output.set(false);
	return {};
}
