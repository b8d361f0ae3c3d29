// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: no matching (member )?function|cannot convert|no viable conversion
#include <kernel/timer.hpp>

class Pump
{
	void expired() KCXX_MUST_NOT_SLEEP {}

public:
	kernel::Timer<&Pump::expired> timer{LOCK_CLASS("timer"), *this};
};

void start(Pump &pump);
void start(Pump &pump)
{
#ifdef REFUSED
	pump.timer.start(5); // ticks, or milliseconds?
#else
	pump.timer.start(kernel::milliseconds(5));
#endif
}
