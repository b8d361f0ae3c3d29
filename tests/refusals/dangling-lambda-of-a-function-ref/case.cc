// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: temporary whose address is used as value of local variable 'visit' will be destroyed
#include <kernel/types.hpp>

void for_each(kernel::FunctionRef<void(int)> visit);
void sum(int &all);
void sum(int &all)
{
#ifdef REFUSED
	const kernel::FunctionRef<void(int)> visit = [&all](int number) { all += number; };
#else
	const auto visit = [&all](int number) { all += number; };
#endif
	for_each(visit);
}
