// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <cstddef>
#include <tuple>
#include <type_traits>

#include "probes.hpp"

bool probes::try_utility_swaps_and_exchanges()
{
	int a = 1;
	int b = 2 + zero();
	std::swap(a, b);
	return a == 2 && std::exchange(b, 5) == 1 && b == 5 && std::as_const(a) == 2;
}

bool probes::try_utility_pairs()
{
	const std::pair<int, char> p{1 + zero(), 'c'};
	const auto [number, letter] = p;
	return p < std::pair(2, 'a') && number == 1 && letter == 'c' && std::get<1>(p) == 'c' &&
	       std::pair<int, int>(std::piecewise_construct, std::tuple(3), std::tuple()).first ==
		       3;
}

bool probes::try_utility_compares_safely()
{
	const int minus = -1 + zero();
	return std::cmp_less(minus, 1u) && !std::in_range<unsigned>(minus) &&
	       std::cmp_not_equal(minus, ~0u) && std::to_underlying(std::byte{3}) == 3;
}

bool probes::try_utility_counts_indices()
{
	const int numbers[3]{1, 2, 3 + zero()};
	return [&numbers]<std::size_t... i>(std::index_sequence<i...>) {
		return ((numbers[i] * static_cast<int>(i + 1)) + ...);
	}(std::make_index_sequence<3>{}) == 14;
}

#if _GLIBCXX_RELEASE >= 14
bool probes::try_utility_forwards_like()
{
	int number = 3 + zero();
	const long whole = 0;
	return std::is_same_v<decltype(std::forward_like<const long &>(number)), const int &> &&
	       std::forward_like<decltype((whole))>(number) == 3;
}
#endif
