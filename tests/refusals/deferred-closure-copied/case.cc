// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: use of deleted function|call to deleted constructor
#include <utility>

#include <kernel/closure.hpp>
#include <kernel/workqueue.hpp>

using Later = kernel::Closure<kernel::Work>;

Later take(Later &given);
Later take(Later &given)
{
#ifdef REFUSED
	return given;
#else
	return std::move(given);
#endif
}
