// compilers: clang
// expected: address of stack memory associated with local variable 'guard' returned
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// An object that was read under RCU may be freed once the reader has ended.

#include <kernel/rcu.hpp>

const int *get(kernel::RcuPointer<int> &pointer);
const int *get(kernel::RcuPointer<int> &pointer)
{
	kernel::RcuReadGuard guard;
	return pointer.read(guard);
}
