// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: reference to stack memory associated with local variable 'numbers' returned
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

int &kept(kernel::Deque<int> &numbers);
int &kept(kernel::Deque<int> &numbers)
{
	return numbers[0];
}

#ifdef REFUSED
int &lost();
int &lost()
{
	kernel::Deque<int> numbers;
	return numbers[0];
}
#endif
