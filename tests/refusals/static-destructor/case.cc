// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:12: error: kcxx: a static constructor\n  found: table\n
// errors: 1
#include <kernel/prelude.hpp>

#ifdef REFUSED
struct Table {
	~Table();
	int first;
};
Table table;
#endif
