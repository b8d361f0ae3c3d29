// compilers: gcc, clang
// expected: use of deleted function|overload resolution selected deleted operator
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Whether try_lock() took the lock has to be asked.

#include <kernel/mutex.hpp>

int peek(kernel::Mutex<int> &lock);
int peek(kernel::Mutex<int> &lock)
{
	return *lock.try_lock();
}
