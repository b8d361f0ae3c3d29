// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: restart\(\) is not the one of a watchdog, .*: write void restart\(\)
// KCXX_MUST_NOT_SLEEP;
#include <kernel/watchdog.hpp>

struct Pump {
	kernel::Result<> arm(unsigned int seconds);
#ifdef REFUSED
	void restart();
#else
	void restart() KCXX_MUST_NOT_SLEEP;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::watchdog::Registration &watchdog,
		     Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, kernel::watchdog::Registration &watchdog,
		     Pump &pump)
{
	return watchdog.add(device, pump, {.identity = "pump", .timeout = 30, .max_timeout = 60});
}
