// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <wchar.h>

#include "probes.hpp"

bool probes::try_wchar_h_has_types()
{
	return sizeof(mbstate_t) != 0 && WEOF == static_cast<wint_t>(-1 + zero());
}
