// compilers: gcc, clang
// expected: use of deleted function|overload resolution selected deleted operator
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The guard of try_lock() has to be tested first.

#include <kernel/mutex.hpp>

int peek(kernel::Mutex<int> &lock);
int peek(kernel::Mutex<int> &lock)
{
	return *lock.try_lock();
}
