// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: cannot call function 'read' while mutex .*no_sleep' is held
#include <kernel/spinlock.hpp>
#include <kernel/uaccess.hpp>

// The memory may have to be brought in from a disk.
kernel::Result<> add(kernel::SpinLock<int> &sum, kernel::UserReader &from);
kernel::Result<> add(kernel::SpinLock<int> &sum, kernel::UserReader &from)
{
#ifdef REFUSED
	auto locked = sum.lock();
	*locked += KTRY(from.read<int>());
#else
	const int number = KTRY(from.read<int>());
	*sum.lock() += number;
#endif
	return {};
}
