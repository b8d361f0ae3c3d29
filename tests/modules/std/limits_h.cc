// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <limits.h>

#include "probes.hpp"

bool probes::try_limits_h()
{
	return INT_MAX == 0x7fffffff && CHAR_BIT == 8;
}
