// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <climits>

#include "probes.hpp"

bool probes::try_climits_has_limits()
{
	return CHAR_BIT == 8 && INT_MAX == 2147483647 + zero() && LONG_MAX > INT_MAX &&
	       LLONG_MIN < 0;
}
