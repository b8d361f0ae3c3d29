// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: kcxx-E1507: channels is not the one of sensors: write public: static constexpr
// errors: 1
#include <kernel/hwmon.hpp>

struct Pump {
	kernel::Result<long> read(kernel::hwmon::TempInput input, int channel) const;
#ifdef REFUSED
private:
#else
public:
#endif
	static constexpr unsigned int channels = 2;
};

kernel::Result<> add(kernel::BoundDevice &device, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, Pump &pump)
{
	return kernel::hwmon::add(device, "pump", pump);
}
