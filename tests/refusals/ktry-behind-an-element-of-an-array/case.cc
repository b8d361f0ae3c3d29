// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:13: error: kcxx: a return from the middle of an initialiser\n  found: KTRY\(\) in an initialiser, behind KTRY\(part\(1\)\)\n  why:   GCC does not destroy those elements, or captures, that are made already\n  fix:   auto value = KTRY\(…\); as a statement before, and std::move\(value\) here; or kernel::all<T>\(…\) of <kernel/types.hpp>
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<kernel::Vec<int>> part(int size);

kernel::Result<> pump();
kernel::Result<> pump()
{
#ifdef REFUSED
	kernel::Vec<int> parts[] = {KTRY(part(1)), KTRY(part(2))};
	return parts[0].push(parts[1][0], kernel::GFP_KERNEL);
#else
	kernel::Vec<int> parts[] = {KTRY(part(1))};
	return parts[0].push(1, kernel::GFP_KERNEL);
#endif
}
