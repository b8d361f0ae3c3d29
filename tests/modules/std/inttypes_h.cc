// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <inttypes.h>

#include "probes.hpp"

bool probes::try_inttypes_h_has_formats()
{
	return sizeof(PRIx64) == 3 && sizeof(uint64_t) == 8u + static_cast<unsigned>(zero());
}
