// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <limits.h>

#include "probes.hpp"

bool probes::try_limits_h_has_limits()
{
	return INT_MAX == 0x7fffffff + zero() && CHAR_BIT == 8;
}
