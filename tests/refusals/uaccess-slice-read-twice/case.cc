// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: invalid invocation of method 'reader' on (object 'slice'|a temporary object) while it
// is in the 'consumed' state
#include <utility>

#include <kernel/uaccess.hpp>

// What was checked at first may be something else when it is read again.
kernel::Result<int> length(kernel::UserSlice slice);
kernel::Result<int> length(kernel::UserSlice slice)
{
	const int size = KTRY(std::move(slice).reader().read<int>());
	if (size > 16)
		return std::unexpected(kernel::EINVAL);
#ifdef REFUSED
	return std::move(slice).reader().read<int>();
#else
	return size;
#endif
}
