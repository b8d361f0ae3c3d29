// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no sensor: write in it Result<long> read\(hwmon::TempInput, int channel\)
// const;
// errors: 1
#include <kernel/hwmon.hpp>

struct Pump {
#ifdef REFUSED
	kernel::Result<long> read_input(int channel) const { return {std::in_place, channel}; }
#else
	kernel::Result<long> read(kernel::hwmon::TempInput /*input*/, int channel) const
	{
		return {std::in_place, channel};
	}
#endif
};

kernel::Result<> add(kernel::BoundDevice &device, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, Pump &pump)
{
	return kernel::hwmon::add(device, "pump", pump);
}
