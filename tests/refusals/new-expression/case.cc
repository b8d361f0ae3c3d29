// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:11: error: kcxx: plain 'new'\n  found: operator new\(unsigned long\) in make\(\)\n
// errors: 1
#include <kernel/prelude.hpp>

int *make();
int *make()
{
#ifdef REFUSED
	return new int{1};
#else
	return nullptr;
#endif
}
