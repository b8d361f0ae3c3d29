// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: error: kcxx: a return from the middle of an initialiser\n  found: KTRY\(\) in captures, behind a=KTRY\(part\(1\)\)\n  why:   GCC does not destroy those elements, or captures, that are made already\n  fix:   auto value = KTRY\(…\); as a statement before, and std::move\(value\) here; or kernel::all<T>\(…\) of <kernel/types.hpp>
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<kernel::Vec<int>> part(int size);

kernel::Result<std::size_t> pump();
kernel::Result<std::size_t> pump()
{
#ifdef REFUSED
	auto sum = [a = KTRY(part(1)), b = KTRY(part(2))] { return a.size() + b.size(); };
#else
	auto a = KTRY(part(1));
	auto sum = [&a, b = KTRY(part(2))] { return a.size() + b.size(); };
#endif
	return sum();
}
