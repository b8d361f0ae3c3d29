// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: format .*(expects argument of type .int.|specifies type .int.)
// errors: 1
#include <kernel/prelude.hpp>

// As in C, a warning: it shows that the compiler still checks what pr_info() passes on
#pragma GCC diagnostic error "-Wformat"

void f(unsigned long number);
void f(unsigned long number)
{
#ifdef REFUSED
	pr_info("%d\n", number);
#else
	pr_info("%lu\n", number);
#endif
}
