// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <float.h>

#include "probes.hpp"

bool probes::try_float_h_has_constants()
{
	return FLT_RADIX == 2 + zero() && DBL_MANT_DIG == 53;
}
