// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kcxx-E1502: read\(\) is not the one of a sensor: .* of the chip without the channel
// errors: 1
#include <kernel/hwmon.hpp>

struct Pump {
	kernel::Result<long> read(kernel::hwmon::TempInput input, int channel) const;
#ifdef REFUSED
	kernel::Result<long> read(kernel::hwmon::UpdateInterval interval, int channel) const;
#else
	kernel::Result<long> read(kernel::hwmon::UpdateInterval interval) const;
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, Pump &pump)
{
	return kernel::hwmon::add(device, "pump", pump);
}
