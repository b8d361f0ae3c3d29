// compilers: clang
// expected: cannot call function 'flush' while mutex '&kernel::AtomicContext::no_sleep' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A function that calls one that sleeps is declared so, and its callers are checked in turn.

#include <kernel/completion.hpp>
#include <kernel/spinlock.hpp>

void flush(kernel::Completion &done) KCXX_MAY_SLEEP;
void flush(kernel::Completion &done)
{
	done.wait();
}

void drain(kernel::SpinLock<int> &level, kernel::Completion &done);
void drain(kernel::SpinLock<int> &level, kernel::Completion &done)
{
	auto guard = level.lock_bh();
	*guard = 0;
	flush(done);
}
