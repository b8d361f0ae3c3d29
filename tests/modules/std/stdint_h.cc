// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stdint.h>

#include "probes.hpp"

bool probes::try_stdint_h()
{
	uint8_t small = UINT8_MAX;
	return ++small == 0 && INT64_MAX == 0x7fffffffffffffff;
}
