// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <compare>

#include "probes.hpp"

bool probes::try_compare()
{
	return (1 <=> 2 + zero()) < 0 && std::is_lt(3 <=> 4);
}
