// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: assertion failed.*: an argument of a format is of a class that has no format_as\(\)
// errors: 1
#include <kernel/prelude.hpp>

struct Point {
	int x = 0;
	int y = 0;
};

void f(int number, const char *text);
void f(int number, const char *text)
{
#ifdef REFUSED
	pr_info("{} {} {}\n", number, text, Point{});
#else
	pr_info("{} {} {}\n", number, text, Point{}.x);
#endif
}
