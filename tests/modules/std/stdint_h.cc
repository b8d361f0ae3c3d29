// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stdint.h>

#include "probes.hpp"

bool probes::try_stdint_h_has_types()
{
	auto small = static_cast<uint8_t>(UINT8_MAX + zero());
	return ++small == 0 && INT64_MAX == 0x7fffffffffffffff;
}
