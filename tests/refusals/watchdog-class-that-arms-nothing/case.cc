// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no watchdog: write in it kernel::Result<> arm\(unsigned int seconds\);
#include <kernel/watchdog.hpp>

struct Pump {
#ifdef REFUSED
	kernel::Result<> start(unsigned int seconds);
#else
	kernel::Result<> arm(unsigned int seconds);
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::watchdog::Registration &watchdog,
		     Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, kernel::watchdog::Registration &watchdog,
		     Pump &pump)
{
	return watchdog.add(device, pump, {.identity = "pump", .timeout = 30, .max_timeout = 60});
}
