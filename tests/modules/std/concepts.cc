// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <concepts>

#include "probes.hpp"

bool probes::try_concepts()
{
	return std::integral<int> && !std::same_as<int, long>;
}
