// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What Deque does.

#pragma once

#include <algorithm>
#include <ranges>
#include <utility>

#include <kernel/containers/deque.hpp>

#include "holds.hpp"

static_assert(std::ranges::random_access_range<Deque<int>>);
static_assert(std::ranges::random_access_range<const Deque<int>>);
static_assert(std::ranges::sized_range<Deque<int>>);
static_assert(!std::copyable<Deque<int>> && std::movable<Deque<int>>);

namespace
{

/// A Deque of the numbers below `n`, the odd ones first and the largest one at either end
Result<Deque<Counted>> both_ends(int n)
{
	Deque<Counted> deque;
	for (int i = 0; i < n; ++i) {
		if (i % 2 != 0)
			KTRY(deque.emplace_front(GFP_KERNEL, i));
		else
			KTRY(deque.emplace_back(GFP_KERNEL, i));
	}
	return deque;
}

Result<> deque_grows_at_both_ends()
{
	Deque<Counted> deque = KTRY(both_ends(7));
	CHECK(holds(deque, {5, 3, 1, 0, 2, 4, 6}) && alive == 7);
	CHECK(deque.front()->value == 5 && deque.back()->value == 6);
	CHECK(deque[3].value == 0 && deque.get(6)->value == 6 && !deque.get(7));
	CHECK(deque.pop_front()->value == 5 && deque.pop_back()->value == 6);
	CHECK(holds(deque, {3, 1, 0, 2, 4}) && alive == 5);
	return {};
}

Result<> deque_serves_as_a_queue_without_growing()
{
	auto deque = KTRY(Deque<Counted>::with_capacity(3, GFP_KERNEL));
	CHECK(deque.capacity() == 4);
	for (int i = 0; i < 100; ++i) {
		KTRY(deque.emplace_back(GFP_KERNEL, i));
		if (i >= 3)
			CHECK(deque.pop_front()->value == i - 3);
	}
	CHECK(holds(deque, {97, 98, 99}) && deque.capacity() == 4);
	return {};
}

Result<> deque_takes_its_own_elements()
{
	Deque<Counted> deque;
	KTRY(deque.emplace_back(GFP_KERNEL, 7));
	for (int i = 0; i < 20; ++i) {
		KTRY(deque.push_back(deque[0], GFP_KERNEL));
		KTRY(deque.push_front(*deque.back(), GFP_KERNEL));
	}
	CHECK(deque.size() == 41 && alive == 41);
	CHECK(std::ranges::all_of(deque, [](const Counted &c) { return c.value == 7; }));
	return {};
}

Result<> deque_clones_are_independent()
{
	Deque<Counted> deque = KTRY(both_ends(5));
	Deque<Counted> copy = KTRY(deque.try_clone(GFP_KERNEL));
	deque[0].value = 9;
	CHECK(holds(copy, {3, 1, 0, 2, 4}) && alive == 10);
	Deque<String> names;
	KTRY(names.push_front(KTRY(String::from("one", GFP_KERNEL)), GFP_KERNEL));
	Deque<String> others = KTRY(names.try_clone(GFP_KERNEL));
	CHECK(others[0] == "one" && others[0].c_str() != names[0].c_str());
	return {};
}

Result<> deque_moves_whole()
{
	Deque<Counted> deque = KTRY(both_ends(5));
	Deque<Counted> other = std::move(deque);
	CHECK(deque.empty() && other.size() == 5 && alive == 5);
	KTRY(deque.emplace_back(GFP_KERNEL, 8));
	other = std::move(deque);
	CHECK(holds(other, {8}) && deque.empty() && alive == 1);
	other.clear();
	CHECK(alive == 0 && other.capacity() != 0);
	return {};
}

struct Branch {
	explicit Branch(int v) : counted{v} {}
	Counted counted;
	Deque<Branch> branches;
};

Result<> deque_takes_a_part_of_what_it_held()
{
	Deque<Branch> tree;
	KTRY(tree.emplace_back(GFP_KERNEL, 1));
	KTRY(tree[0].branches.emplace_back(GFP_KERNEL, 2));
	tree = std::move(tree[0].branches);
	CHECK(alive == 1 && tree.size() == 1 && tree[0].counted.value == 2);
	return {};
}

Result<> deque_is_untouched_when_memory_runs_out()
{
	Deque<Counted> deque = KTRY(both_ends(4));
	const Gfp flags = GFP_KERNEL | __GFP_NOWARN;
	CHECK(deque.reserve(1ul << 40, flags).error() == ENOMEM);
	CHECK(deque.reserve(1ul << 63, flags).error() == EOVERFLOW);
	CHECK(deque.reserve(~0ul, flags).error() == EOVERFLOW);
	CHECK(holds(deque, {3, 1, 0, 2}) && alive == 4);

	Deque<Counted> full; // twice its size is more than kmalloc() ever gives
	const unsigned long most = (4ul << 20) / std::bit_ceil(sizeof(Counted));
	KTRY(full.reserve(most, GFP_KERNEL));
	while (full.size() < most)
		KTRY(full.emplace_back(GFP_KERNEL, 1));
	Counted extra{77};
	CHECK(full.push_back(std::move(extra), flags).error() == ENOMEM && extra.value == 77);
	CHECK(full.push_front(std::move(extra), flags).error() == ENOMEM && extra.value == 77);
	CHECK(full.size() == most && alive == static_cast<int>(most) + 5);
	return {};
}

Result<> deque_is_a_range()
{
	Deque<int> deque;
	for (int i = 0; i < 30; ++i)
		KTRY(deque.push_front(i * 7 % 30, GFP_KERNEL));
	std::ranges::sort(deque, std::greater{});
	CHECK(std::ranges::is_sorted(deque, std::greater{}));
	CHECK(*std::ranges::lower_bound(deque, 12, std::greater{}) == 12);
	int sum = 0;
	for (int number : std::as_const(deque) | std::views::drop(27))
		sum += number;
	CHECK(sum == 0 + 1 + 2);
	return {};
}

} // namespace
