// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstdint>

#include "probes.hpp"

bool probes::try_cstdint()
{
	return sizeof(std::uint64_t) == 8 && UINT32_MAX == 0xffffffffu && INT64_C(3) == 3;
}
