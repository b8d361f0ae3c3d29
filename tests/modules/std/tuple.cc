// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <tuple>

#include "probes.hpp"

bool probes::try_tuple_applies()
{
	struct Sum {
		Sum(int a, long b) : value{a + b} {}
		long value;
	};
	const auto t = std::make_tuple(1 + zero(), 2L, 'c');
	return std::apply([](auto... v) { return (v + ...); }, t) == 102 &&
	       std::make_from_tuple<Sum>(std::tuple{3, 4L}).value == 7;
}

bool probes::try_tuple_ties()
{
	int a = zero();
	long b = 0;
	std::tie(a, std::ignore, b) = std::tuple(1, 'x', 2L);
	auto [c, d] = std::tuple(a, b);
	return a == 1 && b == 2 && c == 1 && d == 2 && std::get<long>(std::tuple(a, b)) == 2;
}

bool probes::try_tuple_compares_and_joins()
{
	const auto t = std::tuple(1 + zero(), 2);
	const auto joined = std::tuple_cat(t, std::tuple('c'), std::pair(4, 5L));
	return t < std::tuple(1, 3) && std::get<4>(joined) == 5 &&
	       std::tuple_size_v<decltype(joined)> == 5 && (t <=> std::tuple(0, 9)) > 0;
}
