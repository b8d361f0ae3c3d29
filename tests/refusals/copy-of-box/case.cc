// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: use of deleted function|call to deleted constructor
#include <utility>

#include <kernel/prelude.hpp>

int value(kernel::Box<int> &box);
int value(kernel::Box<int> &box)
{
#ifdef REFUSED
	kernel::Box<int> other = box;
#else
	kernel::Box<int> other = std::move(box);
#endif
	return *other;
}
