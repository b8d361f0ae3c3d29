// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: assertion failed.*: the type in a format.s \{:\} is not one of this argument
// errors: 1
#include <kernel/prelude.hpp>

void f(int number, const char *text);
void f(int number, const char *text)
{
#ifdef REFUSED
	pr_info("{} {:x}\n", number, text);
#else
	pr_info("{:x} {}\n", number, text);
#endif
}
