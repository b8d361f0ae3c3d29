// compilers: clang
// expected: GFP_KERNEL lets the allocation sleep, and the caller must not
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The allocation may wait for memory; the holder of a spinlock must not.

#include <kernel/memory.hpp>
#include <kernel/sync.hpp>

kernel::Result<> fill(kernel::SpinLock<kernel::Vec<int>> &numbers);
kernel::Result<> fill(kernel::SpinLock<kernel::Vec<int>> &numbers)
{
	auto locked = numbers.lock();
#ifdef REFUSED
	return locked->push(1, kernel::GFP_KERNEL);
#endif
	return locked->push(2, kernel::GFP_ATOMIC);
}
