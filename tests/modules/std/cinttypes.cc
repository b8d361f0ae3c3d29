// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cinttypes>

#include "probes.hpp"

bool probes::try_cinttypes_has_formats()
{
	return sizeof(PRId64) > 1 && sizeof(std::intmax_t) == 8u + static_cast<unsigned>(zero());
}
