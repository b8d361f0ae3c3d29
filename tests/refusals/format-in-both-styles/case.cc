// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: assertion failed.*: a format has \{\} or %d, not both
// errors: 1
#include <kernel/prelude.hpp>

void f(int number, const char *text);
void f(int number, const char *text)
{
#ifdef REFUSED
	pr_info("%d of {}\n", number, text);
#else
	pr_info("{} of {}, 100%%\n", number, text);
#endif
}
