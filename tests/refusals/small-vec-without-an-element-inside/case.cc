// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: a SmallVec without an element inside is a Vec
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

#ifdef REFUSED
using Numbers = kernel::SmallVec<int, 0>;
#else
using Numbers = kernel::SmallVec<int, 1>;
#endif

bool none(const Numbers &numbers);
bool none(const Numbers &numbers)
{
	return numbers.empty();
}
