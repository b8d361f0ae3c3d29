// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: no matching (function|constructor)|cannot bind|cannot convert|could not convert|no viable
#include <kernel/workqueue.hpp>

class Tank
{
};

class Pump
{
	void drain() {}

#ifdef REFUSED
	Tank tank_;

public:
	kernel::Work<&Pump::drain> work{LOCK_CLASS("drain"), tank_};
#else
public:
	kernel::Work<&Pump::drain> work{LOCK_CLASS("drain"), *this};
#endif
};

bool drain(Pump &pump);
bool drain(Pump &pump)
{
	return pump.work.queue();
}
