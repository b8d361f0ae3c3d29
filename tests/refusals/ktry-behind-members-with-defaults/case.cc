// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:18: error: kcxx: a return from the middle of an initialiser\n  found: KTRY\(\) in the initialiser of \.b, behind the members before it\n  why:   GCC does not destroy those elements, or captures, that are made already\n  fix:   auto value = KTRY\(…\); as a statement before, and std::move\(value\) here; or kernel::all<T>\(…\) of <kernel/types.hpp>
// errors: 1
#include <kernel/prelude.hpp>

kernel::Result<kernel::Vec<int>> part(int size);

struct Pump {
	kernel::Vec<int> a;
	kernel::Vec<int> b;
};

kernel::Result<Pump> pump();
kernel::Result<Pump> pump()
{
#ifdef REFUSED
	return Pump{.b = KTRY(part(2))};
#else
	auto b = KTRY(part(2));
	return Pump{.a = {}, .b = std::move(b)};
#endif
}
