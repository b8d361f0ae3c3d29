// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: (cannot convert|no viable conversion) .*Released<.*Box<int>.*int ?\*
#include <utility>

#include <kernel/prelude.hpp>

int *given(kernel::Box<int> box);
int *given(kernel::Box<int> box)
{
#ifdef REFUSED
	return std::move(box).release();
#else
	return std::move(box).release().to_raw();
#endif
}
