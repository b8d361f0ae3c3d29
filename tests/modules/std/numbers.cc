// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <numbers>

#include "probes.hpp"

bool probes::try_numbers_has_constants()
{
	return sizeof(std::numbers::pi) == 8u + static_cast<unsigned>(zero());
}
