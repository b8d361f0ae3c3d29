// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc(:\d+)?: kcxx: an index is out of bounds, or a value is asked for that is not there, whenever this runs\n  write instead: an index below size\(\), or if \(value\) before \*value
#include <array>

int last(const std::array<int, 3> &numbers);
int last(const std::array<int, 3> &numbers)
{
#ifdef REFUSED
	return numbers[3];
#else
	return numbers[2];
#endif
}
