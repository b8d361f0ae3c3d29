// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: others may use this object at the same time, and it is const here
// errors: 1
#include <kernel/memory.hpp>
#include <kernel/sync.hpp>

struct State {
	int speed = 0;
};

// Each task that has an Arc would write what the Box owns.
struct Pump {
#ifdef REFUSED
	kernel::Box<State> state;
#else
	kernel::Box<kernel::Mutex<State>> state;
#endif
};

void start(const kernel::Arc<Pump> &pump);
void start(const kernel::Arc<Pump> &pump)
{
#ifdef REFUSED
	pump->state->speed = 3;
#else
	pump->state->lock()->speed = 3;
#endif
}
