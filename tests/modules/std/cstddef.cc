// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstddef>

#include "probes.hpp"

bool probes::try_cstddef()
{
	return sizeof(std::max_align_t) >= 8 && std::byte{1} == std::byte{1} && 4 == 4;
}
