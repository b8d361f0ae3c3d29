// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstdint>

#include "probes.hpp"

bool probes::try_cstdint_has_types()
{
	const auto wraps = static_cast<std::uint8_t>(255 + zero() + 1);
	return sizeof(std::uint64_t) == 8 && UINT32_MAX == 0xffffffffu && INT64_C(3) == 3 &&
	       wraps == 0 && sizeof(std::uintptr_t) == sizeof(void *);
}
