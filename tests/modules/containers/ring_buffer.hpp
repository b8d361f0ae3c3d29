// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What RingBuffer does.

#pragma once

#include <algorithm>
#include <ranges>
#include <utility>

#include <kernel/containers/ring_buffer.hpp>

#include "holds.hpp"

static_assert(std::ranges::random_access_range<RingBuffer<int>>);
static_assert(std::ranges::random_access_range<const RingBuffer<int>>);
static_assert(std::ranges::sized_range<RingBuffer<int>>);
static_assert(std::ranges::common_range<RingBuffer<int>>);
static_assert(std::convertible_to<RingBuffer<int>::iterator, RingBuffer<int>::const_iterator>);
static_assert(!std::convertible_to<RingBuffer<int>::const_iterator, RingBuffer<int>::iterator>);
static_assert(!std::copyable<RingBuffer<int>> && std::movable<RingBuffer<int>>);

namespace
{

Result<> ring_buffer_gives_in_the_order_of_pushes()
{
	auto ring = KTRY(RingBuffer<Counted>::with_capacity(4, GFP_KERNEL));
	CHECK(ring.empty() && !ring.front() && !ring.back() && !ring.pop_front());
	for (int i = 0; i < 40; ++i) {
		KTRY(ring.emplace_back(i));
		KTRY(ring.push_back(Counted{-i}));
		CHECK(ring.front()->value == i && ring.back()->value == -i && ring.size() == 2);
		CHECK(ring.pop_front()->value == i && ring.pop_back()->value == -i);
		CHECK(ring.empty() && alive == 0);
		KTRY(ring.emplace_back(0)); // so that positions go round
		CHECK(ring.pop_front());
	}
	return {};
}

Result<> ring_buffer_that_is_full_takes_no_more()
{
	auto ring = KTRY(RingBuffer<Counted>::with_capacity(3, GFP_KERNEL));
	CHECK(ring.capacity() == 4 && !ring.full());
	for (int i = 0; i < 4; ++i)
		KTRY(ring.emplace_back(i));
	Counted extra{77};
	CHECK(ring.full() && ring.push_back(std::move(extra)).error() == ENOSPC);
	CHECK(extra.value == 77 && ring.push_back(std::as_const(extra)).error() == ENOSPC);
	CHECK(holds(ring, {0, 1, 2, 3}) && alive == 5);
	return {};
}

Result<> ring_buffer_forced_drops_its_first()
{
	auto ring = KTRY(RingBuffer<Counted>::with_capacity(2, GFP_KERNEL));
	CHECK(!ring.force_push_back(1) && !ring.force_push_back(Counted{2}));
	CHECK(ring.force_push_back(3)->value == 1);
	CHECK(ring.force_push_back(*ring.front())->value == 2); // a copy of the one that goes
	CHECK(holds(ring, {3, 2}) && alive == 2);
	return {};
}

Result<> ring_buffer_without_room_is_full()
{
	RingBuffer<Counted> ring;
	CHECK(ring.empty() && ring.full() && ring.capacity() == 0);
	CHECK(ring.emplace_back(1).error() == ENOSPC && !ring.pop_front() && !ring.pop_back());
	CHECK(ring.begin() == ring.end() && alive == 0);
	CHECK(KTRY(RingBuffer<int>::with_capacity(0, GFP_KERNEL)).empty());
	return {};
}

Result<> ring_buffer_moves_whole()
{
	auto ring = KTRY(RingBuffer<Counted>::with_capacity(2, GFP_KERNEL));
	KTRY(ring.emplace_back(1));
	RingBuffer<Counted> other = std::move(ring);
	CHECK(ring.empty() && ring.capacity() == 0 && holds(other, {1}));
	ring = KTRY(RingBuffer<Counted>::with_capacity(2, GFP_KERNEL));
	KTRY(ring.emplace_back(2));
	ring = std::move(other);
	CHECK(holds(ring, {1}) && other.empty() && alive == 1);
	ring.clear();
	CHECK(ring.empty() && ring.capacity() == 2 && alive == 0);
	return {};
}

Result<> ring_buffer_too_large_is_refused()
{
	const Gfp flags = GFP_KERNEL | __GFP_NOWARN;
	CHECK(RingBuffer<int>::with_capacity(1ul << 40, flags).error() == ENOMEM);
	CHECK(RingBuffer<int>::with_capacity(1ul << 62, flags).error() == EOVERFLOW);
	CHECK(RingBuffer<int>::with_capacity(~0ul, flags).error() == EOVERFLOW);
	return {};
}

Result<> ring_buffer_is_a_range()
{
	auto ring = KTRY(RingBuffer<int>::with_capacity(8, GFP_KERNEL));
	for (int i = 0; i < 13; ++i)
		(void)ring.force_push_back((i * 5) % 13);
	std::ranges::sort(ring);
	CHECK(std::ranges::is_sorted(ring) && ring.size() == 8);
	CHECK(std::ranges::equal(ring | std::views::reverse | std::views::take(2),
				 std::initializer_list<int>{12, 11}));
	const RingBuffer<int> &constant = ring;
	CHECK(constant.end() - constant.begin() == 8 && constant.begin()[7] == 12);
	CHECK(*(2 + constant.begin()) == constant[2] && constant.begin() < ring.end());
	return {};
}

} // namespace
