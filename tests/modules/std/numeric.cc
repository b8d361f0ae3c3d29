// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <numeric>

#include "probes.hpp"

bool probes::try_numeric()
{
	int a[3]{1, 2, 3};
	std::iota(a, a + 3, 1);
	return std::accumulate(a, a + 3, 0) == 6 && std::gcd(12, 18) == 6 &&
	       std::midpoint(1, 3) == 2 && std::reduce(a, a + 3) == 6;
}
