// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: release\(\) uses its owner up: write std::move\(owner\).release\(\)
// errors: 1
#include <utility>

#include <kernel/prelude.hpp>

void *given(kernel::Box<int> box);
void *given(kernel::Box<int> box)
{
#ifdef REFUSED
	return box.release().to_raw();
#else
	return std::move(box).release().to_raw();
#endif
}
