// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: assertion failed.*: an argument of a format is of a scoped enum
// errors: 1
#include <kernel/prelude.hpp>

enum class Level { low, high };

void f(int number, const char *text);
void f(int number, const char *text)
{
#ifdef REFUSED
	pr_info("{} {} {}\n", number, text, Level::low);
#else
	pr_info("{} {} {}\n", number, text, std::to_underlying(Level::low));
#endif
}
