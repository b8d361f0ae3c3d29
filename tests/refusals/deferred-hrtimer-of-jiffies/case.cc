// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: no matching (member )?function|cannot convert|no viable conversion
#include <kernel/hrtimer.hpp>
#include <kernel/jiffies.hpp>

class Pwm
{
	void tick() KCXX_MUST_NOT_SLEEP {}

public:
	kernel::HrTimer<&Pwm::tick> timer{*this};
};

void start(Pwm &pwm);
void start(Pwm &pwm)
{
#ifdef REFUSED
	pwm.timer.start(kernel::milliseconds(5)); // ticks of the clock
#else
	using namespace kernel::literals;
	pwm.timer.start(5_ms);
#endif
}
