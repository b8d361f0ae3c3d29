// compilers: gcc, clang
// expected: no matching function|call to deleted constructor
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A guard cannot be put where it would outlive its scope: to forget to unlock is not to be written.

#include <kernel/box.hpp>
#include <kernel/spinlock.hpp>

kernel::Result<> keep(kernel::SpinLock<int> &lock);
kernel::Result<> keep(kernel::SpinLock<int> &lock)
{
	using Guard = kernel::SpinLock<int>::Guard;
	auto kept = KTRY(kernel::Box<Guard>::make(kernel::GFP_ATOMIC, lock.lock()));
	(void)std::move(kept).release().to_raw();
	return {};
}
