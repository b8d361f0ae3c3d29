// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <tuple>

#include "probes.hpp"

bool probes::try_tuple()
{
	auto t = std::make_tuple(1, 2L, 'c');
	auto [a, b, c] = t;
	return std::apply([](auto... v) { return (v + ...); }, t) == 102 && a == 1 && b == 2 &&
	       c == 'c' && std::tie(a, b) < std::tuple(2, 3L);
}
