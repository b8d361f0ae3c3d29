// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: FreedByRcu
#include <utility>

#include <kernel/rcu.hpp>
#include <kernel/vec.hpp>

// The module may be gone by then.
struct Settings : kernel::RcuHead {
#ifdef REFUSED
	kernel::Vec<int> speeds;
#else
	int speeds[3] = {};
#endif
};

void set(kernel::RcuPointer<Settings> &now, kernel::Box<Settings> next);
void set(kernel::RcuPointer<Settings> &now, kernel::Box<Settings> next)
{
	now.replace_kfree_rcu(std::move(next));
}
