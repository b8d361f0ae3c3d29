// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'refill' while mutex .*no_sleep' is held
#include <kernel/sched.hpp>
#include <kernel/timer.hpp>
#include <kernel/workqueue.hpp>

// Through another function: what sleeps is for a Work.
class Pump
{
	static void refill() KCXX_MAY_SLEEP { kernel::sleep(kernel::milliseconds(1)); }
#ifdef REFUSED
	void expired() KCXX_MUST_NOT_SLEEP { refill(); }
#else
	void expired() KCXX_MUST_NOT_SLEEP { (void)work_.queue(); }
#endif
	void work() { refill(); }

	kernel::Work<&Pump::work> work_{LOCK_CLASS("work"), *this};

public:
	kernel::Timer<&Pump::expired> timer{LOCK_CLASS("timer"), *this};
};

void start(Pump &pump);
void start(Pump &pump)
{
	pump.timer.start(kernel::milliseconds(5));
}
