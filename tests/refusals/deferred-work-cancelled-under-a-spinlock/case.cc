// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'cancel' while mutex .*no_sleep' is held
#include <kernel/spinlock.hpp>
#include <kernel/workqueue.hpp>

// The work may wait for the lock.
class Pump
{
	void drain() { ++*strokes_.lock(); }

	kernel::SpinLock<int> strokes_{LOCK_CLASS("strokes")};
	kernel::Work<&Pump::drain> work_{LOCK_CLASS("drain"), *this};

public:
	void stop() KCXX_MAY_SLEEP
	{
#ifdef REFUSED
		auto strokes = strokes_.lock();
		work_.cancel();
#else
		work_.cancel();
		auto strokes = strokes_.lock();
#endif
		*strokes = 0;
	}
};

void stop(Pump &pump) KCXX_MAY_SLEEP;
void stop(Pump &pump)
{
	pump.stop();
}
