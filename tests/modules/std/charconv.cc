// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <charconv>

#include "probes.hpp"

bool probes::try_charconv()
{
	char text[20];
	const auto end = std::to_chars(text, text + 20, -1234 + zero());
	int back = 0;
	std::from_chars(text, end.ptr, back);
	return back == -1234;
}
