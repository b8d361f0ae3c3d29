// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:18: kcxx: KTRY\(\) returns an error, and this lambda does not name its return type\n  write instead: \[…\]\(\) -> kernel::Result<T> \{ … \}
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<unsigned int> number();

kernel::Result<unsigned int> f();
kernel::Result<unsigned int> f()
{
#ifdef REFUSED
	auto twice = [] {
#else
	auto twice = [] -> kernel::Result<unsigned int> {
#endif
		const unsigned int one = KTRY(number());
		return one * 2;
	};
	return twice();
}
