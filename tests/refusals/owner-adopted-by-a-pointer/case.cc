// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: adopt\(\) takes what release\(\) returned; a pointer that C kept:
// Released<Box<T>>::from_raw\(pointer\) errors: 1

// Nothing would tell how often a pointer is adopted.

#include <kernel/prelude.hpp>

using kernel::Box;

Box<int> taken(int *object);
Box<int> taken(int *object)
{
#ifdef REFUSED
	return Box<int>::adopt(object);
#else
	return Box<int>::adopt(kernel::Released<Box<int>>::from_raw(object));
#endif
}
