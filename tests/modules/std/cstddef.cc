// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstddef>

#include "probes.hpp"

bool probes::try_cstddef_has_types()
{
	const auto byte = std::byte{1} << (1 + zero());
	return sizeof(std::max_align_t) >= 8 && std::to_integer<int>(byte | std::byte{4}) == 6 &&
	       sizeof(std::nullptr_t) == sizeof(void *);
}
