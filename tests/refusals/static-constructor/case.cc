// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc: error: kcxx: a static constructor\n  found: table
#include <kernel/prelude.hpp>

int of_the_machine();

#ifdef REFUSED
struct Table {
	Table() : first{of_the_machine()} {}
	int first;
};
Table table;
#endif
