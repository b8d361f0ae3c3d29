// compilers: clang
// expected: cannot call function 'sleep' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The end of the inner one is not the end of both.

#include <kernel/raw_spinlock.hpp>
#include <kernel/sched.hpp>
#include <kernel/spinlock.hpp>

void wait(kernel::SpinLock<int> &outer, kernel::RawSpinLock<int> &inner);
void wait(kernel::SpinLock<int> &outer, kernel::RawSpinLock<int> &inner)
{
	auto first = outer.lock();
	{
		auto second = inner.lock();
		*second += *first;
	}
	kernel::sleep(kernel::milliseconds(1));
}
