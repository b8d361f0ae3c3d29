// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kcxx-E1502: read\(\) is not the one of a sensor: write kernel::Result<long>
// errors: 1
#include <kernel/hwmon.hpp>

struct Pump {
	kernel::Result<long> read(kernel::hwmon::TempInput input, int channel) const;
#ifdef REFUSED
	kernel::Result<int> read(kernel::hwmon::TempMax limit, int channel) const;
#else
	kernel::Result<long> read(kernel::hwmon::TempMax limit, int channel) const;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, Pump &pump)
{
	return kernel::hwmon::add(device, "pump", pump);
}
