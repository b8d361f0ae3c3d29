// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no PWMs: write in it static constexpr unsigned int channels = 2;
#include <kernel/pwm.hpp>

struct Fans {
#ifndef REFUSED
	static constexpr unsigned int channels = 2;
#endif
	kernel::Result<> apply(unsigned int channel, const kernel::pwm::State &state);
};

kernel::Result<> add(kernel::BoundDevice &device, Fans &fans);
kernel::Result<> add(kernel::BoundDevice &device, Fans &fans)
{
	return kernel::pwm::add(device, fans);
}
