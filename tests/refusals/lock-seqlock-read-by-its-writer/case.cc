// compilers: clang
// expected: cannot call function 'read' while seqlock 'time' is held
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A reader waits until the writer is done: here for itself.

#include <kernel/seqlock.hpp>

void advance(kernel::SeqLock<long> &time);
void advance(kernel::SeqLock<long> &time)
{
	auto guard = time.write();
	*guard = time.read() + 1;
}
