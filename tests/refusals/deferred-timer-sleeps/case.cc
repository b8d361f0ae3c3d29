// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'lock' while mutex .*no_sleep' is held
#include <kernel/mutex.hpp>
#include <kernel/spinlock.hpp>
#include <kernel/timer.hpp>

// The callback of a Timer runs in a softirq.
class Pump
{
	void expired() KCXX_MUST_NOT_SLEEP { ++*strokes_.lock(); }

#ifdef REFUSED
	kernel::Mutex<int> strokes_{LOCK_CLASS("strokes")};
#else
	kernel::SpinLock<int, kernel::FromSoftirq> strokes_{LOCK_CLASS("strokes")};
#endif

public:
	kernel::Timer<&Pump::expired> timer{LOCK_CLASS("timer"), *this};
};

void start(Pump &pump);
void start(Pump &pump)
{
	pump.timer.start(kernel::milliseconds(5));
}
