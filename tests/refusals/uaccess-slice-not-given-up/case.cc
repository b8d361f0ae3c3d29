// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: discards qualifiers|'this' argument to member function 'reader' is an lvalue
#include <utility>

#include <kernel/uaccess.hpp>

kernel::UserReader reader_of(kernel::UserSlice slice);
kernel::UserReader reader_of(kernel::UserSlice slice)
{
#ifdef REFUSED
	return slice.reader();
#else
	return std::move(slice).reader();
#endif
}
