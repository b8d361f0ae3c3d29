// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <functional>

#include "probes.hpp"

bool probes::try_functional()
{
	const auto add = [](int a, int b) { return a + b; };
	int v = 1;
	auto r = std::ref(v);
	r.get() = 2;
	return std::invoke(add, 1, 2) == 3 && std::bind_front(add, 1)(v) == 3 &&
	       std::plus<>{}(1, 2) == 3 && std::hash<int>{}(3) == 3 &&
	       std::not_fn(std::equal_to<>{})(1, 2) && std::identity{}(3) == 3;
}
