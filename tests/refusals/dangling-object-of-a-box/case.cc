// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: reference to stack memory associated with local variable 'box' returned|address of
// stack memory
#include <kernel/prelude.hpp>

int *object(kernel::Box<int> box);
#ifdef REFUSED
int *object(kernel::Box<int> box)
{
	return &*box;
}
#else
int *object(kernel::Box<int> box)
{
	return std::move(box).release().to_raw();
}
#endif
