// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>

#include <array>
#include <functional>

#include "probes.hpp"

bool probes::try_algorithm_sorts()
{
	std::array<int, 5> a{3, 1, 2 + zero(), 5, 4};
	std::array<int, 5> b = a;
	std::sort(a.begin(), a.end());
	std::nth_element(b.begin(), b.begin() + 2, b.end());
	std::partial_sort(b.begin(), b.begin() + 2, b.end(), std::greater<>{});
	return std::is_sorted(a.begin(), a.end()) && b[0] == 5 && b[1] == 4;
}

bool probes::try_algorithm_searches()
{
	const std::array<int, 6> a{1, 2, 2, 2 + zero(), 4, 5};
	const auto [first, last] = std::equal_range(a.begin(), a.end(), 2);
	const std::array<int, 2> part{4, 5};
	return last - first == 3 && std::binary_search(a.begin(), a.end(), 4) &&
	       *std::upper_bound(a.begin(), a.end(), 2) == 4 &&
	       std::find_if(a.begin(), a.end(), [](int v) { return v > 2; }) == last &&
	       std::search(a.begin(), a.end(), part.begin(), part.end()) == a.begin() + 4;
}

bool probes::try_algorithm_copies_and_removes()
{
	const std::array<int, 6> a{1, 1, 2, 3 + zero(), 3, 4};
	std::array<int, 6> b{};
	auto end = std::copy_if(a.begin(), a.end(), b.begin(), [](int v) { return v < 4; });
	end = std::unique(b.begin(), end);
	end = std::remove(b.begin(), end, 2);
	std::replace(b.begin(), end, 3, 7);
	return end - b.begin() == 2 && b[0] == 1 && b[1] == 7;
}

bool probes::try_algorithm_partitions_and_rotates()
{
	std::array<int, 6> a{1, 2, 3, 4, 5, 6 + zero()};
	const auto even = std::partition(a.begin(), a.end(), [](int v) { return v % 2 == 0; });
	const auto evens = std::count_if(a.begin(), even, [](int v) { return v % 2 == 0; });
	std::sort(a.begin(), a.end());
	std::rotate(a.begin(), a.begin() + 2, a.end());
	std::reverse(a.begin(), a.begin() + 2);
	return evens == 3 && a == std::array{4, 3, 5, 6, 1, 2};
}

bool probes::try_algorithm_makes_heaps()
{
	std::array<int, 5> a{3, 1, 4, 1, 5 + zero()};
	std::make_heap(a.begin(), a.end());
	std::pop_heap(a.begin(), a.end());
	const int most = a[4];
	a[4] = 9;
	std::push_heap(a.begin(), a.end());
	const int more = a[0];
	std::sort_heap(a.begin(), a.end());
	return most == 5 && more == 9 && a[0] == 1;
}

bool probes::try_algorithm_merges_sets()
{
	const std::array<int, 3> a{1, 3, 5};
	const std::array<int, 3> b{2, 3, 4 + zero()};
	std::array<int, 6> all{};
	std::array<int, 6> both{};
	std::merge(a.begin(), a.end(), b.begin(), b.end(), all.begin());
	const auto end =
		std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), both.begin());
	return all == std::array{1, 2, 3, 3, 4, 5} && end - both.begin() == 1 && both[0] == 3 &&
	       std::includes(all.begin(), all.end(), a.begin(), a.end());
}

bool probes::try_algorithm_permutes()
{
	std::array<int, 3> a{1, 2, 3 + zero()};
	int turns = 1;
	while (std::next_permutation(a.begin(), a.end()))
		++turns;
	return turns == 6 && a[0] == 1;
}

bool probes::try_algorithm_bounds_values()
{
	const std::array<int, 4> a{3, 7, 1, 5 + zero()};
	const auto [least, most] = std::minmax_element(a.begin(), a.end());
	return *least == 1 && *most == 7 && std::clamp(9 + zero(), 1, 5) == 5 &&
	       std::max({1, 4, 2 + zero()}) == 4 &&
	       std::lexicographical_compare(a.begin(), a.begin() + 1, a.begin() + 1, a.end());
}

bool probes::try_algorithm_sorts_by_a_projection()
{
	struct Port {
		int number;
		char name;
	};
	std::array<Port, 3> ports{{{3 + zero(), 'c'}, {1, 'a'}, {2, 'b'}}};
	std::ranges::sort(ports, {}, &Port::number);
	return ports[0].name == 'a' && std::ranges::find(ports, 'c', &Port::name)->number == 3 &&
	       std::ranges::max(ports, {}, &Port::number).name == 'c' &&
	       std::ranges::all_of(ports, [](int n) { return n > 0; }, &Port::number);
}

#if _GLIBCXX_RELEASE >= 13
bool probes::try_algorithm_folds()
{
	const std::array<int, 4> a{1, 2, 3, 4 + zero()};
	return std::ranges::fold_left(a, 0, std::plus<>{}) == 10 &&
	       std::ranges::fold_right(a, 0, std::minus<>{}) == -2 && std::ranges::contains(a, 3) &&
	       !std::ranges::contains(a, 7);
}
#endif
