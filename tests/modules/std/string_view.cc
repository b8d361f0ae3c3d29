// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <string_view>

#include "probes.hpp"

bool probes::try_string_view_searches()
{
	const std::string_view s{&"abc=de=f"[zero()]};
	return s.substr(s.find('=') + 1) == "de=f" && s.rfind('=') == 6 && s.contains("c=d") &&
	       s.find_first_of("fd") == 4 && s.find_last_not_of('f') == 6 &&
	       s.find("xyz") == std::string_view::npos;
}

bool probes::try_string_view_takes_parts()
{
	std::string_view s{&"  ab "[zero()]};
	s.remove_prefix(s.find_first_not_of(' '));
	s.remove_suffix(1);
	char copy[4]{};
	return s == "ab" && s.starts_with('a') && s.ends_with("b") && s.copy(copy, 3) == 2 &&
	       copy[1] == 'b';
}

bool probes::try_string_view_compares()
{
	using namespace std::literals;
	const std::string_view s{&"abc"[zero()]};
	return s < "abd" && (s <=> "abb"sv) > 0 && s.compare(1, 2, "bc") == 0 &&
	       "ab\0c"sv.size() == 4;
}

bool probes::try_string_view_hashes()
{
	const std::hash<std::string_view> hash;
	char text[] = "a text of more than eight bytes";
	const auto before = hash(text);
	text[20] = static_cast<char>('!' + zero());
	return before == hash("a text of more than eight bytes") && before != hash(text);
}
