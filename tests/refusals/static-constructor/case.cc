// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:15: error: kcxx: a static constructor\n  found: table\n
// errors: 1
#include <kernel/prelude.hpp>

int of_the_machine();

constinit int another = 1;
#ifdef REFUSED
struct Table {
	Table() : first{of_the_machine()} {}
	int first;
};
Table table;
#endif
