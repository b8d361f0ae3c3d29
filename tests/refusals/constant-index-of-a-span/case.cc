// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc(:\d+)?: kcxx: an index is out of bounds, or a value is asked for that is not there, whenever this runs\n  write instead: an index below size\(\), or if \(value\) before \*value
#include <array>
#include <span>

int last(const std::array<int, 3> &numbers);
int last(const std::array<int, 3> &numbers)
{
#ifdef REFUSED
	return std::span{numbers}.first(3)[3];
#else
	return std::span{numbers}.first(3)[2];
#endif
}
