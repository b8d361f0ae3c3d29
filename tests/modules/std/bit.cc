// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <bit>

#include "probes.hpp"

bool probes::try_bit()
{
	return std::popcount(0xf0u) == 4 && std::bit_cast<unsigned>(1) == 1u &&
	       std::countl_zero(1u) == 31 && std::has_single_bit(8u) &&
	       std::popcount(static_cast<unsigned long>(zero()) | 1) > 0;
}
