// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include "probes.hpp"

bool probes::try_utility()
{
	int a = 1, b = 2;
	std::swap(a, b);
	auto q = std::pair(1, 2);
	return a == 2 && std::exchange(b, 5) == 1 && q.second == 2 && std::cmp_less(-1, 1u) &&
	       std::to_underlying(std::byte{3}) == 3;
}
