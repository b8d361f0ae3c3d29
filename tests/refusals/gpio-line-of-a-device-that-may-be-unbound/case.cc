// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: BoundDevice
#include <kernel/gpio.hpp>

#ifdef REFUSED
using Bound = kernel::Device;
#else
using Bound = kernel::BoundDevice;
#endif

kernel::Result<kernel::gpio::Input> button(Bound &device);
kernel::Result<kernel::gpio::Input> button(Bound &device)
{
	return kernel::gpio::Input::get(device, "button");
}
