// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cctype>

#include "probes.hpp"

bool probes::try_cctype_classifies()
{
	return std::isdigit('3' + zero()) && !std::isspace('x' + zero()) && std::isxdigit('f') &&
	       std::isalnum('z') && std::ispunct('!') && std::iscntrl('\n') && !std::isprint(127);
}

bool probes::try_cctype_converts()
{
	return std::toupper('a' + zero()) == 'A' && std::tolower('Z') == 'z' &&
	       std::toupper('3') == '3' && std::tolower(0xe4) == 0xe4;
}
