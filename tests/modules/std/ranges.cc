// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <ranges>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "probes.hpp"

namespace
{

/// A container of a fixed capacity
struct [[maybe_unused]] Line {
	using value_type = int;

	Line() = default;
	int *begin() { return elements; }
	int *end() { return elements + count; }
	void push_back(int element) { elements[count++] = element; }

	int elements[4]{};
	unsigned count = 0;
};

} // namespace

bool probes::try_ranges_filters_and_transforms()
{
	const int a[4]{1, 2, 3, 4 + zero()};
	int sum = 0;
	for (int v : a | std::views::filter([](int x) { return x % 2 == 0; }) |
			     std::views::transform([](int x) { return x * 2; }))
		sum += v;
	return sum == 12;
}

bool probes::try_ranges_takes_and_drops()
{
	int number = 0;
	for (int v : std::views::iota(1 + zero()) | std::views::drop(2) | std::views::take(5) |
			     std::views::take_while([](int x) { return x < 6; }))
		number = number * 10 + v;
	for (int v : std::views::iota(1, 4) | std::views::reverse)
		number = number * 10 + v;
	return number == 345321;
}

bool probes::try_ranges_splits()
{
	const std::string_view text{&"ab,c,,def"[zero()]};
	int parts = 0;
	std::size_t longest = 0;
	for (const auto part : text | std::views::split(',')) {
		++parts;
		longest = std::max(longest, std::string_view{part}.size());
	}
	return parts == 4 && longest == 3;
}

bool probes::try_ranges_joins()
{
	const std::array<std::string_view, 3> words{"ab", "", &"cde"[zero()]};
	int letters = 0;
	for (const char c : words | std::views::join)
		letters += c - 'a';
	return letters == 10;
}

bool probes::try_ranges_takes_elements_of_pairs()
{
	const std::pair<int, char> pairs[2]{{1, 'a'}, {2 + zero(), 'b'}};
	int sum = 0;
	for (const int v : pairs | std::views::keys)
		sum += v;
	return sum == 3 && *std::ranges::next((pairs | std::views::values).begin()) == 'b';
}

bool probes::try_ranges_describes()
{
	int a[3]{1, 2, 3};
	auto all = std::ranges::subrange{a + zero(), a + 3};
	const auto one = std::views::single(7);
	return std::ranges::size(all) == 3 && all.advance(1).front() == 2 && one.front() == 7 &&
	       std::ranges::empty(std::views::empty<int>) &&
	       std::ranges::contiguous_range<decltype(a)>;
}

#if _GLIBCXX_RELEASE >= 13
bool probes::try_ranges_zips()
{
	const int a[3]{1, 2, 3 + zero()};
	const int b[2]{4, 5};
	int sum = 0;
	for (const auto [x, y] : std::views::zip(a, b))
		sum += x * y;
	for (const auto [first, second] : a | std::views::pairwise)
		sum += second - first;
	return sum == 16;
}
#endif

#if _GLIBCXX_RELEASE >= 13
bool probes::try_ranges_chunks_and_slides()
{
	const int a[5]{1, 2, 3, 4, 5 + zero()};
	int chunks = 0;
	int windows = 0;
	for (const auto chunk : a | std::views::chunk(2))
		chunks = chunks * 10 + static_cast<int>(std::ranges::size(chunk));
	for (const auto window : a | std::views::slide(3))
		windows += window[1];
	return chunks == 221 && windows == 9;
}
#endif

#if _GLIBCXX_RELEASE >= 13
bool probes::try_ranges_strides_and_repeats()
{
	int number = 0;
	for (const int v : std::views::iota(zero(), 9) | std::views::stride(4))
		number = number * 10 + v;
	for (const int v : std::views::repeat(7, 2 + zero()))
		number = number * 10 + v;
	return number == 4877;
}
#endif

#if _GLIBCXX_RELEASE >= 13
bool probes::try_ranges_enumerates_products()
{
	const char letters[2]{'a', 'b'};
	int sum = zero();
	for (const auto [index, letter] : letters | std::views::enumerate)
		sum += static_cast<int>(index) * (letter - 'a');
	for (const auto [x, y] : std::views::cartesian_product(std::views::iota(0, 3), letters))
		sum += x * (y - 'a');
	return sum == 4;
}
#endif

#if _GLIBCXX_RELEASE >= 14
bool probes::try_ranges_makes_containers()
{
	const auto line = std::views::iota(zero(), 3) | std::ranges::to<Line>();
	return line.count == 3 && line.elements[2] == 2;
}
#endif
