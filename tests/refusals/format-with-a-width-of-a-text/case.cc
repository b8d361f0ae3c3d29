// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: assertion failed.*: a width or precision by \{:\{\}\} is an argument that is an integer
// errors: 1
#include <kernel/prelude.hpp>

void f(int number, const char *text);
void f(int number, const char *text)
{
#ifdef REFUSED
	pr_info("{:{}}\n", number, text);
#else
	pr_info("{:>{}}\n", text, number);
#endif
}
