// compilers: gcc, clang
// expected: no matching (member )?function
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The guard has to be one of the lock that protects the data.

#include <kernel/locked_by.hpp>
#include <kernel/mutex.hpp>
#include <kernel/spinlock.hpp>

int get(kernel::LockedBy<int, kernel::Mutex<int>> &data, kernel::SpinLock<int> &other);
int get(kernel::LockedBy<int, kernel::Mutex<int>> &data, kernel::SpinLock<int> &other)
{
	auto guard = other.lock();
	return data.access(guard);
}
