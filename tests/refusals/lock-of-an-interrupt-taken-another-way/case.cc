// compilers: gcc, clang
// expected: the type of this SpinLock names who takes it: lock\(\) is the way
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A holder with interrupts on would wait for itself, when the interrupt comes.

#include <kernel/sync.hpp>

void count(kernel::SpinLock<int, kernel::FromIrq> &number);
void count(kernel::SpinLock<int, kernel::FromIrq> &number)
{
#ifdef REFUSED
	++*number.lock_bh();
#endif
	++*number.lock();
}
