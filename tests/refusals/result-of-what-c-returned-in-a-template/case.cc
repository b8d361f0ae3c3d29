// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:\d+: kcxx: an int of C may be a value or a negative errno: it does not become a success by itself\n  write instead: return kernel::from_c\(c_function\(\)\); or return \{std::in_place, number\}; where that is a value
#include <kernel/prelude.hpp>

template <typename T>
kernel::Result<T> doubled(T number)
{
#ifdef REFUSED
	return number * 2;
#else
	return {std::in_place, number * 2};
#endif
}

kernel::Result<int> f(int number);
kernel::Result<int> f(int number)
{
	return doubled(number);
}
