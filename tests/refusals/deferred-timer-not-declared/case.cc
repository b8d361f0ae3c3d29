// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a timer's function is declared KCXX_MUST_NOT_SLEEP
#include <kernel/atomic.hpp>
#include <kernel/timer.hpp>

// Clang would see nothing in it.
class Pump
{
#ifdef REFUSED
	void expired() { strokes_.add(1); }
#else
	void expired() KCXX_MUST_NOT_SLEEP { strokes_.add(1); }
#endif

	kernel::Atomic<int> strokes_;

public:
	kernel::Timer<&Pump::expired> timer{LOCK_CLASS("timer"), *this};
};

void start(Pump &pump);
void start(Pump &pump)
{
	pump.timer.start(kernel::milliseconds(5));
}
