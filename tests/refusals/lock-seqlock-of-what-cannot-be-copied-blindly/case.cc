// compilers: gcc, clang
// expected: readers copy it while it may be written
// SPDX-License-Identifier: GPL-2.0-only OR MIT

// A copy of a Vec that is half written would be destroyed as a Vec.

#include <kernel/seqlock.hpp>
#include <kernel/vec.hpp>

int first(kernel::SeqLock<kernel::Vec<int>> &numbers);
int first(kernel::SeqLock<kernel::Vec<int>> &numbers)
{
	return (*numbers.write())[0];
}
