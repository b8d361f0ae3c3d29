// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the class has no clock: write in it kernel::Result<kernel::s64> read_time\(\) const;
#include <kernel/rtc.hpp>

struct Pump {
#ifdef REFUSED
	long read_time() const { return seconds; }
#else
	kernel::Result<kernel::s64> read_time() const { return {std::in_place, seconds}; }
#endif
	long seconds;
};

kernel::Result<> add(kernel::BoundDevice &device, kernel::rtc::Registration &rtc, Pump &pump);
kernel::Result<> add(kernel::BoundDevice &device, kernel::rtc::Registration &rtc, Pump &pump)
{
	return rtc.add(device, pump, {.last = 0xffffffff});
}
