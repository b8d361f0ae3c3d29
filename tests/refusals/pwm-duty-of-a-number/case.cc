// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: Nanoseconds
#include <kernel/pwm.hpp>
#include <kernel/time.hpp>

using namespace kernel::literals;

kernel::Result<> dim(kernel::pwm::Output &lamp);
kernel::Result<> dim(kernel::pwm::Output &lamp)
{
#ifdef REFUSED
	return lamp.set_duty(250);
#else
	return lamp.set_duty(250_us);
#endif
}
