// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc(:\d+)?: kcxx: an index is out of bounds, or a value is asked for that is not there, whenever this runs
#include <optional>

static std::optional<int> speed()
{
#ifdef REFUSED
	return std::nullopt;
#else
	return 3;
#endif
}

int f();
int f()
{
	return *speed();
}
