// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stdlib.h>

#include "probes.hpp"

bool probes::try_stdlib_h_divides()
{
	return abs(zero() - 2) == 2 && div(7 + zero(), 2).rem == 1;
}
