// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <time.h>

#include "probes.hpp"

bool probes::try_time_h_has_types()
{
	return sizeof(time_t) == 8u + static_cast<unsigned>(zero()) && static_cast<clock_t>(-1) < 0;
}
