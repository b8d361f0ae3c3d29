// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <iterator>

#include <utility>

#include "probes.hpp"

namespace
{

struct Line {
	using value_type = int;

	void push_back(int element) { elements[count++] = element; }

	int elements[4]{};
	unsigned count = 0;
};

} // namespace

bool probes::try_iterator_walks()
{
	const int a[3]{1, 2, 3 + zero()};
	auto at = std::begin(a);
	std::advance(at, 2);
	return std::distance(std::begin(a), std::end(a)) == 3 && *at == 3 && *std::prev(at) == 2 &&
	       std::size(a) == 3 && *std::ranges::next(a, 1) == 2 && std::ssize(a) == 3;
}

bool probes::try_iterator_walks_backwards()
{
	const int a[3]{1, 2, 3 + zero()};
	int number = 0;
	for (auto at = std::rbegin(a); at != std::rend(a); ++at)
		number = number * 10 + *at;
	return number == 321 && std::make_reverse_iterator(a + 1).base() == a + 1;
}

bool probes::try_iterator_inserts()
{
	Line line;
	auto out = std::back_inserter(line);
	for (int i = zero(); i < 3; ++i)
		*out++ = 7;
	return line.count == 3 && line.elements[2] == 7;
}

bool probes::try_iterator_moves_elements()
{
	struct Once {
		explicit Once(int number) : value{number} {}
		Once(Once &&other) noexcept : value{std::exchange(other.value, 0)} {}
		int value;
	};
	Once all[2]{Once{1 + zero()}, Once{2}};
	const Once taken{*std::next(std::make_move_iterator(all))};
	return taken.value == 2 && all[1].value == 0 && all[0].value == 1;
}

bool probes::try_iterator_counts()
{
	const int a[4]{1, 2, 3, 4};
	int sum = 0;
	for (std::counted_iterator at{a, 3 + zero()}; at != std::default_sentinel; ++at)
		sum += *at;
	return sum == 6 && std::random_access_iterator<std::counted_iterator<const int *>>;
}
