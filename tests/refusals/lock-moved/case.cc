// compilers: gcc, clang
// expected: use of deleted function|call to (implicitly-)?deleted constructor
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// Waiters and the lock validator know a lock by its address.

#include <kernel/mutex.hpp>

void take(kernel::Mutex<int> &&lock);
void take(kernel::Mutex<int> &&lock)
{
	kernel::Mutex<int> mine = std::move(lock);
	++*mine.lock();
}
