// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <functional>

#include "probes.hpp"

bool probes::try_functional_invokes()
{
	struct Port {
		int number;
		int plus(int more) const { return number + more; }
	};
	const Port port{3 + zero()};
	return std::invoke(&Port::number, port) == 3 && std::invoke(&Port::plus, port, 2) == 5 &&
	       std::invoke_r<long>(std::mem_fn(&Port::plus), port, 1) == 4;
}

bool probes::try_functional_binds()
{
	const auto minus = [](int a, int b, int c) { return a - b - c; };
	const auto front = std::bind_front(minus, 10, 1 + zero());
	const auto swapped = std::bind(minus, std::placeholders::_2, std::placeholders::_1, 0);
	return front(2) == 7 && swapped(1, 5 + zero()) == 4;
}

bool probes::try_functional_refers()
{
	int v = 1;
	const auto r = std::ref(v);
	r.get() = 2 + zero();
	const auto twice = [](int &n) { n *= 2; };
	std::bind_front(twice, r)();
	const std::reference_wrapper<int> same = r;
	return v == 4 && same == 4;
}

bool probes::try_functional_compares_and_calculates()
{
	return std::plus<>{}(1, 2L + zero()) == 3 && std::modulus<int>{}(7 + zero(), 4) == 3 &&
	       std::less<>{}(-1 + zero(), 1) && std::bit_xor<>{}(6 + zero(), 3) == 5 &&
	       std::not_fn(std::equal_to<>{})(1 + zero(), 2) && std::identity{}(3) == 3 &&
	       std::ranges::greater{}(2 + zero(), 1);
}

bool probes::try_functional_hashes()
{
	const int *none = nullptr;
	return std::hash<int>{}(3 + zero()) == 3 && std::hash<const int *>{}(none) == 0 &&
	       std::hash<char>{}('a') == std::hash<char>{}(static_cast<char>('a' + zero()));
}

bool probes::try_functional_searches()
{
	const int all[5]{1, 2, 3 + zero(), 4, 5};
	const int part[2]{3, 4};
	const std::default_searcher searcher{part, part + 2};
	return searcher(all, all + 5).first == all + 2;
}
