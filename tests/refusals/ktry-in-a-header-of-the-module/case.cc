// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: header\.hpp:10: error: kcxx: a return from the middle of an initialiser\n  found: KTRY\(\) in an initialiser, behind make\(\)
// errors: 1
#include "header.hpp"

struct Pump {
	kernel::Result<kernel::Vec<int>> a;
	kernel::Vec<int> b;
};

struct Part {
	kernel::Vec<int> a;
	kernel::Vec<int> b;
};

kernel::Result<kernel::Vec<int>> part();

#ifdef REFUSED
using Made = Pump;
#else
using Made = Part;
#endif

kernel::Result<Made> pump();
kernel::Result<Made> pump()
{
	return two<Made>(part);
}
