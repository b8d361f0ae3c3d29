// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kcxx-E1506: has\(\) is not the one of a sensor: write bool
// errors: 1
#include <kernel/hwmon.hpp>

struct Pump {
	kernel::Result<long> read(kernel::hwmon::TempInput input, int channel) const;
#ifdef REFUSED
	int has(kernel::hwmon::TempInput input, int channel) const;
#else
	bool has(kernel::hwmon::TempInput input, int channel) const;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, Pump &pump)
{
	return kernel::hwmon::add(device, "pump", pump);
}
