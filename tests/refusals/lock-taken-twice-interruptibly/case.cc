// compilers: clang
// expected: cannot call function 'try_lock' while mutex 'table' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A lock that was tried is held where it was asked for and found so.

#include <kernel/mutex.hpp>

kernel::Result<int> get(kernel::Mutex<int> &table);
kernel::Result<int> get(kernel::Mutex<int> &table)
{
	auto once = table.lock_interruptible();
	if (!once)
		return once.error();
	auto twice = table.try_lock();
	return {std::in_place, *twice};
}
