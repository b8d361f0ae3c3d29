// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:\d+: kcxx: the kernel has no such clock\n  write instead: std::chrono::steady_clock
#include <chrono>

long long nanoseconds();
long long nanoseconds()
{
#ifdef REFUSED
	return std::chrono::utc_clock::now().time_since_epoch().count();
#else
	return std::chrono::steady_clock::now().time_since_epoch().count();
#endif
}
