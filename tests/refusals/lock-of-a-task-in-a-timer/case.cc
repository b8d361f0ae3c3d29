// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: a timer takes this lock, and meets a holder
// errors: 1
#include <kernel/sync.hpp>
#include <kernel/time.hpp>

// The timer would interrupt a task that holds the lock, and wait for it.
class Pump
{
	void expired() KCXX_MUST_NOT_SLEEP { ++*strokes_.lock(); }

#ifdef REFUSED
	kernel::SpinLock<int> strokes_{LOCK_CLASS("strokes")};
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
