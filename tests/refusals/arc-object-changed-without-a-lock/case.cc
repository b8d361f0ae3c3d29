// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: others may use this object at the same time, and it is const here
// errors: 1
#include <kernel/sync.hpp>

// Each task that has an Arc would write the member.
class Pump
{
public:
#ifdef REFUSED
	void set_speed(int speed) { speed_ = speed; }

private:
	int speed_ = 0;
#else
	void set_speed(int speed) const { speed_.set(speed); }

private:
	kernel::Atomic<int> speed_{0};
#endif
};

void start(const kernel::Arc<Pump> &pump);
void start(const kernel::Arc<Pump> &pump)
{
	pump->set_speed(3);
}
