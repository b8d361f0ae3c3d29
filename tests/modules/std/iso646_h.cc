// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <iso646.h>

#include "probes.hpp"

bool probes::try_iso646_h_has_operators()
{
	return zero() == 0 and not zero();
}
