// compilers: clang
// expected: cannot call function '~KThread' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The destructor of a thread waits until it has ended.

#include <kernel/kthread.hpp>
#include <kernel/spinlock.hpp>

void end(kernel::SpinLock<int> &lock, kernel::KThread &&ended);
void end(kernel::SpinLock<int> &lock, kernel::KThread &&ended)
{
	auto guard = lock.lock();
	kernel::KThread thread{std::move(ended)};
	++*guard;
}
