// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:10: error: kcxx: plain 'new'\n  found: operator new\[\]\(unsigned long\) in 
// errors: 1
#include <kernel/prelude.hpp>

template <typename T>
T *make_many(unsigned long count)
{
	return new T[count];
}

// The error is about make_many, which is called: make_one has no code.
template <typename T>
T *make_one()
{
	return new T;
}

#ifdef REFUSED
int *make();
int *make()
{
	return make_many<int>(3);
}
#endif
