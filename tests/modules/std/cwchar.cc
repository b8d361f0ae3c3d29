// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cwchar>

#include "probes.hpp"

bool probes::try_cwchar_has_types()
{
	return sizeof(std::mbstate_t) != 0 && WEOF == static_cast<wint_t>(-1 + zero());
}
