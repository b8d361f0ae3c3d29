// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>

#include <array>

#include "probes.hpp"

bool probes::try_algorithm()
{
	std::array<int, 5> a{3, 1, 2, 5, 4};
	std::sort(a.begin(), a.end());
	std::array<int, 5> b{};
	std::copy_if(a.begin(), a.end(), b.begin(), [](int v) { return v > 2; });
	std::partition(a.begin(), a.end(), [](int v) { return v % 2 == 0; });
	return b[0] == 3 && std::ranges::max(b) == 5 &&
	       std::binary_search(b.begin(), b.begin() + 3, 4) && a[0] % 2 == 0;
}
