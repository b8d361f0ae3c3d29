// compilers: clang
// expected: cannot call function 'operator bool.*' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The error for an interruptible lock is at the test of its result.

#include <kernel/mutex.hpp>
#include <kernel/spinlock.hpp>

kernel::Result<> move(kernel::SpinLock<int> &from, kernel::Mutex<int> &to);
kernel::Result<> move(kernel::SpinLock<int> &from, kernel::Mutex<int> &to)
{
	auto source = from.lock();
	auto target = to.lock_interruptible();
	if (!target)
		return target.error();
	*target += *source;
	return {};
}
