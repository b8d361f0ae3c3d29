// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'cancel' while mutex .*no_sleep' is held
#include <kernel/timer.hpp>

// A callback that waits for its own timer would wait for ever.
class Pump
{
	void expired() KCXX_MUST_NOT_SLEEP
	{
#ifdef REFUSED
		timer.cancel();
#else
		timer.try_cancel();
#endif
	}

public:
	kernel::Timer<&Pump::expired> timer{LOCK_CLASS("timer"), *this};
};

void start(Pump &pump);
void start(Pump &pump)
{
	pump.timer.start(kernel::milliseconds(5));
}
