// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <string.h>

#include "probes.hpp"

bool probes::try_string_h_copies()
{
	char text[4];
	memcpy(text, "abc", 4);
	return strlen(text) == 3 && strcmp(text, "abc") == zero();
}
