// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <string_view>

#include "probes.hpp"

bool probes::try_string_view()
{
	std::string_view s{"abc=de"};
	return s.substr(s.find('=') + 1) == "de" && s.starts_with("ab") &&
	       std::hash<std::string_view>{}(s) != 0;
}
