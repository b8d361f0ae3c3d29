// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kcxx-E1504: write\(\) is not the one of a sensor: write kernel::Result<>
// errors: 1
#include <kernel/hwmon.hpp>

struct Pump {
	kernel::Result<long> read(kernel::hwmon::TempInput input, int channel) const;
	kernel::Result<long> read(kernel::hwmon::TempMax limit, int channel) const;
#ifdef REFUSED
	kernel::Result<> write(kernel::hwmon::TempMax limit, int channel, int value);
#else
	kernel::Result<> write(kernel::hwmon::TempMax limit, int channel, long value);
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, Pump &pump)
{
	return kernel::hwmon::add(device, "pump", pump);
}
