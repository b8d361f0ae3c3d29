// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: the order of keys has no state
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

struct Near {
	bool operator()(int a, int b) const { return a * a < b * b; }
#ifdef REFUSED
	int from = 0;
#endif
};

bool has(const kernel::Map<int, int, Near> &map);
bool has(const kernel::Map<int, int, Near> &map)
{
	return map.contains(3);
}
