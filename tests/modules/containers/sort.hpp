// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What sort() and copy() do.

#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <span>

#include <kernel/containers/copy.hpp>
#include <kernel/containers/ring_buffer.hpp>
#include <kernel/containers/sort.hpp>

#include "holds.hpp"

namespace
{

Result<> sort_orders_any_range()
{
	auto ring = KTRY(RingBuffer<int>::with_capacity(8, GFP_KERNEL));
	for (const int number : {3, 1, 2})
		KTRY(ring.push_back(number));
	kernel::sort(ring);
	CHECK(std::ranges::equal(ring, std::array{1, 2, 3}));
	kernel::sort(ring, std::greater{});
	CHECK(std::ranges::equal(ring, std::array{3, 2, 1}));
	struct Port {
		int number;
		char name;
	};
	std::array ports{Port{7, 'a'}, Port{5, 'b'}, Port{6, 'c'}};
	kernel::sort(ports, {}, &Port::number);
	CHECK(ports[0].name == 'b' && ports[1].name == 'c' && ports[2].name == 'a');
	return {};
}

/// std::sort() reads behind the end of so many.
Result<> sort_stays_inside_whatever_the_order()
{
	constexpr int before = -1;
	std::array<int, 102> numbers{};
	const auto orders = [](int way, int a, int b) {
		return way == 0 || (way == 1 && a <= b) || (way == 2 && (a ^ b) % 3 != 0);
	};
	for (int way = 0; way < 3; ++way) {
		numbers.fill(7);
		numbers.front() = numbers.back() = before;
		const auto sorted = std::span{numbers}.subspan(1, 100);
		if (way == 2)
			std::iota(sorted.begin(), sorted.end(), 0);
		const long sum = std::accumulate(sorted.begin(), sorted.end(), 0L);
		bool stays = true;
		kernel::sort(sorted, [&](int a, int b) {
			stays = stays && a != before && b != before;
			return orders(way, a, b);
		});
		CHECK(stays && numbers.front() == before && numbers.back() == before);
		CHECK(std::accumulate(sorted.begin(), sorted.end(), 0L) == sum);
	}
	return {};
}

Result<> copy_fills_the_first_elements()
{
	std::array<int, 4> numbers{9, 9, 9, 9};
	kernel::copy(std::array{1, 2, 3}, numbers);
	CHECK((numbers == std::array{1, 2, 3, 9}));
	kernel::copy(std::span<const int>{}, std::span<int>{});
	auto ring = KTRY(RingBuffer<int>::with_capacity(2, GFP_KERNEL));
	KTRY(ring.push_back(5));
	kernel::copy(ring, std::span{numbers}.subspan(3));
	CHECK((numbers == std::array{1, 2, 3, 5}));
	return {};
}

} // namespace
