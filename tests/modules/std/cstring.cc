// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstring>

#include "probes.hpp"

bool probes::try_cstring()
{
	char a[8] = "abc";
	std::memmove(a + 1, a, 3);
	return std::strlen(a) == 4 && std::strcmp(a, "aabc") == 0 &&
	       std::memcmp(a, "aab", 3) == 0 && std::strchr(a, 'c') == a + 3 &&
	       std::memchr(a, 'b', 4) == a + 2 && strstr(a, "bc") == a + 2;
}
