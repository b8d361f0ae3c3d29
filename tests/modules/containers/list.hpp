// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What List does as a container of std; memory.cc has the rest.

#pragma once

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include <kernel/list.hpp>

#include "containers.hpp"
#include "holds.hpp"

static_assert(std::ranges::bidirectional_range<List<Item>>);
static_assert(std::ranges::bidirectional_range<const List<Item>>);
static_assert(std::ranges::common_range<List<Item>>);
static_assert(std::convertible_to<List<Item>::iterator, List<Item>::const_iterator>);
static_assert(!std::convertible_to<List<Item>::const_iterator, List<Item>::iterator>);

namespace
{

Result<> list_is_a_range()
{
	List<Item> list = KTRY(listing(5));
	CHECK(std::ranges::equal(list | std::views::reverse,
				 std::views::iota(0, 5) | std::views::reverse, {}, &Item::value));
	const auto odd = [](const Item &item) { return item.value % 2 != 0; };
	CHECK(std::ranges::count_if(std::as_const(list), odd) == 2);
	CHECK(list.rbegin()->value == 4 && std::prev(list.rend())->value == 0);
	CHECK(std::as_const(list).rbegin()->value == 4 && (--list.end())->value == 4);
	return {};
}

Result<> list_erases_and_goes_on()
{
	List<Item> list = KTRY(listing(6));
	for (auto at = list.begin(); at != list.end();)
		at = at->value % 2 == 0 ? list.erase(at) : std::next(at);
	CHECK(holds(list, {1, 3, 5}) && alive == 3);
	auto three = list.extract(std::next(list.begin()));
	CHECK(three->value == 3 && !three->linked() && holds(list, {1, 5}));
	auto at = list.insert(list.begin(), std::move(three));
	CHECK(at->value == 3 && holds(list, {3, 1, 5}));
	CHECK(list.erase(std::prev(list.end())) == list.end() && holds(list, {3, 1}));
	return {};
}

Result<> list_splices_before_a_place()
{
	List<Item> list = KTRY(listing(3));
	List<Item> other = KTRY(listing(2));
	list.splice(std::next(list.begin()), std::move(other));
	CHECK(holds(list, {0, 0, 1, 1, 2}) && other.empty() && alive == 5);
	list.splice(list.begin(), std::move(other));
	CHECK(holds(list, {0, 0, 1, 1, 2}));
	other.splice(other.end(), std::move(list));
	CHECK(list.empty() && holds(other, {0, 0, 1, 1, 2}));
	return {};
}

} // namespace
