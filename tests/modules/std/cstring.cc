// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstring>

#include "probes.hpp"

bool probes::try_cstring_copies()
{
	char a[8] = "abc";
	std::memmove(a + 1 + zero(), a, 3);
	std::memset(a + 5, 'x', 2);
	std::strncat(a, "de", 1);
	char b[8];
	std::strcpy(b, a);
	return std::strlen(a) == 5 + static_cast<unsigned>(zero()) && std::strcmp(b, "aabcd") == 0;
}

bool probes::try_cstring_compares()
{
	const char *text = &"aabc"[zero()];
	return std::memcmp(text, "aab", 3) == 0 && std::strcmp(text, "aabd") < 0 &&
	       std::strncmp(text, "aaxx", 2) == 0 && std::strcmp("b", text) > 0;
}

bool probes::try_cstring_searches()
{
	const char *text = &"key=value"[zero()];
	return std::strchr(text, '=') == text + 3 && std::strrchr(text, 'e') == text + 8 &&
	       std::strstr(text, "val") == text + 4 && std::memchr(text, 'v', 9) == text + 4 &&
	       std::strspn(text, "eky") == 3 && std::strcspn(text, "=") == 3 &&
	       std::strpbrk(text, "uv") == text + 4 && std::strchr(text, '!') == nullptr;
}
