// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <string_view>

#include <ctre.hpp>

bool try_ctre();

bool try_ctre()
{
	const std::string_view address = "0000:3f:1a.7";
	const auto match =
		ctre::match<"(?:([0-9a-f]{4}):)?([0-9a-f]{2}):([0-9a-f]{2})\\.([0-7])">(address);
	int words = 0;
	for (auto word : ctre::search_all<"[a-z]+">(std::string_view{"link up, 1000 Mb"}))
		words += !word.to_view().empty();
	return match && match.get<2>().to_view() == "3f" && match.get<4>().to_view() == "7" &&
	       words == 3 && !ctre::match<"[0-9]+">(address);
}
