// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: reference to stack memory associated with local variable 'numbers' returned
#include <kernel/prelude.hpp>

kernel::Result<int> first();
int &kept(kernel::Vec<int> &numbers);

int &kept(kernel::Vec<int> &numbers)
{
	return numbers[0];
}

#ifdef REFUSED
int &lost();
int &lost()
{
	kernel::Vec<int> numbers;
	return numbers[0];
}
#endif

kernel::Result<int> first()
{
	kernel::Vec<int> numbers;
	KTRY(numbers.push(1, kernel::GFP_KERNEL));
	return {std::in_place, kept(numbers)};
}
