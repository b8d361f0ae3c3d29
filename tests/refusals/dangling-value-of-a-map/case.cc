// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: address of stack memory associated with local variable 'numbers' returned
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

using Numbers = kernel::Map<int, int>;

int *kept(Numbers &numbers);
int *kept(Numbers &numbers)
{
	return numbers.get(3);
}

#ifdef REFUSED
int *lost();
int *lost()
{
	Numbers numbers;
	return numbers.get(3);
}
#endif
