// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A property that must hold for every input.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/** Ends the fuzz target, which keeps the input, unless @holds. */
inline void require(bool holds, const char *property)
{
	if (holds)
		return;
	std::fprintf(stderr, "does not hold: %s\n", property);
	std::abort();
}

inline std::string_view text_of(const std::uint8_t *data, std::size_t size)
{
	return {reinterpret_cast<const char *>(data), size};
}
