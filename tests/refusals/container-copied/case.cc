// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: use of deleted function|call to implicitly-deleted copy constructor
#include <utility>

#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

bool copied(kernel::Deque<int> &numbers);
bool copied(kernel::Deque<int> &numbers)
{
#ifdef REFUSED
	const kernel::Deque<int> other = numbers;
#else
	const kernel::Deque<int> other = std::move(numbers);
#endif
	return other.empty();
}
