// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <ranges>

#include "probes.hpp"

bool probes::try_ranges()
{
	int a[4]{1, 2, 3, 4};
	int sum = 0;
	for (int v : a | std::views::filter([](int x) { return x % 2 == 0; }) |
			     std::views::transform([](int x) { return x * 2; }) |
			     std::views::take(5))
		sum += v;
	for (int v : std::views::iota(1, 4))
		sum += v;
	return sum == 18;
}
