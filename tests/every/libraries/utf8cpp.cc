// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <string_view>
#include <utf8/unchecked.h>

bool try_utf8cpp();

bool try_utf8cpp()
{
	const char *next = "\xc3\xa4";
	return utf8::unchecked::next(next) == 0xe4;
}
