// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc: error: kcxx: plain 'new'
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
