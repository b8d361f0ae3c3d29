// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstddef> // for the declaration; see include/freestanding/bits/c++config.h

#include <kernel/bug.hpp>

// std calls this where it would throw, and where one of its assertions fails. The caller traps;
// this function is weak, so that objtool takes the trap for reachable, as bug.cc.
[[gnu::weak]] void kcxx_abort()
{
	kernel::bug("std: precondition violated, or a value asked for that is not there");
}
