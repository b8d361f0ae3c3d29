// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>

#include "probes.hpp"

bool probes::try_array_indexes()
{
	std::array<int, 3> a{1, 2, 3};
	a[zero()] = 5;
	return a.at(1) == 2 && std::get<2>(a) == 3 && a.front() == 5 && a.back() == 3;
}

bool probes::try_array_compares_and_fills()
{
	std::array<int, 3> a{1, 2, 3 + zero()};
	std::array<int, 3> b{};
	b.fill(2);
	const bool less = a < b;
	a.swap(b);
	return less && a == std::array{2, 2, 2} && (a <=> b) > 0;
}

bool probes::try_array_is_made_of_an_array_of_c()
{
	const auto a = std::to_array({1, 2 + zero()});
	const auto [first, second] = a;
	const std::array<int, 0> none{};
	return a.size() == 2 && first + second == 3 && none.empty() && none.begin() == none.end();
}
