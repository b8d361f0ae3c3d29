// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'sleep' while mutex .*no_sleep' is held
#include <optional>

#include <kernel/hrtimer.hpp>
#include <kernel/sched.hpp>

// The callback of an HrTimer runs in an interrupt.
class Pwm
{
	std::optional<kernel::Nanoseconds> tick() KCXX_MUST_NOT_SLEEP
	{
		using namespace kernel::literals;
#ifdef REFUSED
		kernel::sleep(kernel::milliseconds(1));
#endif
		return 100_us;
	}

public:
	kernel::HrTimer<&Pwm::tick> timer{*this};
};

void start(Pwm &pwm);
void start(Pwm &pwm)
{
	pwm.timer.start(kernel::Nanoseconds{5});
}
