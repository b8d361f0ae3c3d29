// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: static assertion failed|no matching function for call to 'get'|static_assert failed
#include <array>

#include <kernel/prelude.hpp>

int third(const std::array<int, 3> &numbers);
int third(const std::array<int, 3> &numbers)
{
#ifdef REFUSED
	return std::get<3>(numbers);
#else
	return std::get<2>(numbers);
#endif
}
