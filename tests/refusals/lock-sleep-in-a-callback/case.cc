// compilers: clang
// expected: cannot call function 'lock' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// assert_atomic() in a callback declares that it must not sleep.

#include <kernel/mutex.hpp>

void expired(kernel::Mutex<int> &ticks);
void expired(kernel::Mutex<int> &ticks)
{
	kernel::assert_atomic();
	++*ticks.lock();
}
