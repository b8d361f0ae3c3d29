// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'fsleep' while mutex '&kernel::AtomicContext::no_sleep' is held
#include <kernel/sync.hpp>
#include <kernel/time.hpp>

using namespace kernel::literals;

void settle(kernel::SpinLock<int> &lock);
void settle(kernel::SpinLock<int> &lock)
{
	auto held = lock.lock();
#ifdef REFUSED
	kernel::fsleep(5_ms);
#else
	kernel::udelay(5_us);
#endif
	++*held;
}
