// compilers: clang
// expected: cannot call function 'lock' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Waiting for a mutex sleeps; the holder of a spinlock must not.

#include <kernel/mutex.hpp>
#include <kernel/spinlock.hpp>

void move(kernel::SpinLock<int> &from, kernel::Mutex<int> &to);
void move(kernel::SpinLock<int> &from, kernel::Mutex<int> &to)
{
	auto source = from.lock();
	*to.lock() += *source;
}
