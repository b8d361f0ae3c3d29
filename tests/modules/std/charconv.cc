// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <charconv>

#include <string_view>

#include "probes.hpp"

bool probes::try_charconv_writes_integers()
{
	char text[70];
	const auto end = std::to_chars(text, text + 70, -1234 + zero()).ptr;
	const auto more = std::to_chars(end, text + 70, 0xbeefULL, 16).ptr;
	const auto binary = std::to_chars(more, text + 70, 5, 2).ptr;
	return std::string_view{text, binary} == "-1234beef101";
}

bool probes::try_charconv_reads_integers()
{
	const std::string_view text{"-77zz"};
	int number = zero();
	const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
	unsigned long long wide = 0;
	const std::string_view hex{"ffffffffffffffff"};
	std::from_chars(hex.begin(), hex.end(), wide, 16);
	return error == std::errc{} && number == -77 && *end == 'z' && wide == ~0ULL;
}

bool probes::try_charconv_refuses()
{
	char small[2];
	signed char byte = 5;
	const std::string_view big{"300"};
	const std::string_view none{"x"};
	return std::to_chars(small, small + 2, 100 + zero()).ec == std::errc::value_too_large &&
	       std::from_chars(big.begin(), big.end(), byte).ec == std::errc::result_out_of_range &&
	       std::from_chars(none.begin(), none.end(), byte).ec == std::errc::invalid_argument &&
	       byte == 5;
}
