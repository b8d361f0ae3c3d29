// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <numbers>

#include "probes.hpp"

bool probes::try_numbers()
{
	return sizeof(std::numbers::pi) == 8;
}
