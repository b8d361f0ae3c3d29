// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cfloat>

#include "probes.hpp"

bool probes::try_cfloat_has_constants()
{
	return FLT_RADIX == 2 + zero() && FLT_MANT_DIG == 24 && DBL_DIG == 15;
}
