// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kcxx-E1505: a file of a sensor has write\(\) and no read\(\): write
// kernel::Result<long> errors: 1
#include <kernel/hwmon.hpp>

struct Pump {
	kernel::Result<long> read(kernel::hwmon::TempInput input, int channel) const;
#ifdef REFUSED
	kernel::Result<> write(kernel::hwmon::TempMax limit, int channel, long value);
#else
	kernel::Result<> write(kernel::hwmon::TempInput input, int channel, long value);
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, Pump &pump)
{
	return kernel::hwmon::add(device, "pump", pump);
}
