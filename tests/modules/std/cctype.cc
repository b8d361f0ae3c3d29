// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cctype>

#include "probes.hpp"

bool probes::try_cctype()
{
	return std::isdigit('3') && std::toupper('a') == 'A' && !std::isspace('x') &&
	       std::isxdigit('f');
}
