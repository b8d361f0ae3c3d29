// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: clang
// expected: invalid invocation of method 'read.*' on object 'reader'
#include <utility>

#include <kernel/uaccess.hpp>

kernel::Result<int> first(kernel::UserReader from);

kernel::Result<int> second(kernel::UserSlice slice);
kernel::Result<int> second(kernel::UserSlice slice)
{
	kernel::UserReader reader = std::move(slice).reader();
#ifdef REFUSED
	const int number = KTRY(first(std::move(reader)));
	return {std::in_place, number + KTRY(reader.read<int>())};
#else
	const int number = KTRY(reader.read<int>());
	return {std::in_place, number + KTRY(first(std::move(reader)))};
#endif
}
