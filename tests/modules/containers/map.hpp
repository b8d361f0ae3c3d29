// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What Map and Set do.

#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <ranges>
#include <string_view>
#include <utility>

#include <kernel/containers/map.hpp>
#include <kernel/containers/set.hpp>

#include "behaviours.hpp"

static_assert(std::ranges::bidirectional_range<Map<int, int>>);
static_assert(std::ranges::bidirectional_range<const Map<int, int>>);
static_assert(std::ranges::common_range<Map<int, int>>);
static_assert(std::ranges::sized_range<Map<int, int>>);
static_assert(std::ranges::bidirectional_range<Set<int>>);
static_assert(!std::copyable<Map<int, int>> && std::movable<Map<int, int>>);
static_assert(std::same_as<decltype(*std::declval<Set<int>>().begin()), const int &>);
static_assert(std::same_as<Map<int, int>::value_type, std::pair<const int, int>>);

namespace
{

Result<Map<int, Counted>> mapping(int n)
{
	Map<int, Counted> map;
	for (int i = 0; i < n; ++i) {
		const int key = i * 7 % n;
		KTRY(map.try_emplace(GFP_KERNEL, key, 10 * key));
	}
	return map;
}

bool keys_are(const auto &map, std::initializer_list<int> keys)
{
	return map.size() == keys.size() && std::ranges::equal(map | std::views::keys, keys);
}

Result<> map_finds_values_by_their_keys()
{
	Map<int, Counted> map = KTRY(mapping(40));
	CHECK(map.size() == 40 && alive == 40 && !map.empty());
	int next = 0;
	for (const auto &[key, counted] : map) {
		CHECK(key == next && counted.value == 10 * next);
		++next;
	}
	CHECK(map.get(7)->value == 70 && !map.get(40) && map.contains(0) && !map.contains(-1));
	map.get(7)->value = 1;
	CHECK(std::as_const(map).find(7)->second.value == 1 && map.find(40) == map.end());
	CHECK(map.lower_bound(39)->first == 39 && map.upper_bound(39) == map.end());
	CHECK(map.rbegin()->first == 39 && std::prev(map.rend())->first == 0);
	return {};
}

Result<> map_keeps_the_value_that_a_key_has()
{
	Map<int, Counted> map;
	auto [first, is_first] = KTRY(map.insert(3, Counted{1}, GFP_KERNEL));
	CHECK(is_first && first->first == 3 && first->second.value == 1);
	Counted other{2};
	auto [second, is_second] = KTRY(map.insert(3, std::move(other), GFP_KERNEL));
	CHECK(!is_second && second == first && other.value == 2 && first->second.value == 1);
	auto [third, is_third] = KTRY(map.insert_or_assign(3, std::move(other), GFP_KERNEL));
	CHECK(!is_third && third == first && first->second.value == 2 && other.value == -1);
	CHECK(map.size() == 1 && alive == 2);
	CHECK(KTRY(map.insert_or_assign(4, Counted{5}, GFP_KERNEL)).second && map.size() == 2);
	return {};
}

Result<> map_of_texts_is_searched_by_a_view()
{
	Map<String, int> map;
	for (const char *name : {"pump", "fan", "valve"}) {
		String key = KTRY(String::from(name, GFP_KERNEL));
		KTRY(map.insert(std::move(key), static_cast<int>(map.size()), GFP_KERNEL));
	}
	CHECK(*map.get(std::string_view{"fan"}) == 1 && *map.get("valve") == 2 && !map.get("van"));
	CHECK(map.begin()->first == "fan" && map.rbegin()->first == "valve");
	CHECK(map.lower_bound("g")->first == "pump" && map.erase("pump") == 1);
	String key = KTRY(String::from("fan", GFP_KERNEL));
	CHECK(!KTRY(map.insert(std::move(key), 9, GFP_KERNEL)).second);
	CHECK(key == "fan" && map.size() == 2);
	return {};
}

Result<> map_erases_and_goes_on()
{
	Map<int, Counted> map = KTRY(mapping(10));
	for (auto at = map.begin(); at != map.end();)
		at = at->first % 3 == 0 ? map.erase(at) : std::next(at);
	CHECK(keys_are(map, {1, 2, 4, 5, 7, 8}) && alive == 6);
	CHECK(map.erase(4) == 1 && map.erase(4) == 0 && keys_are(map, {1, 2, 5, 7, 8}));
	map.retain([](const auto &entry) { return entry.second.value > 20; });
	CHECK(keys_are(map, {5, 7, 8}) && alive == 3);
	map.clear();
	CHECK(map.empty() && map.begin() == map.end() && alive == 0);
	return {};
}

Result<> map_entry_made_before_cannot_fail()
{
	Map<int, Counted> map = KTRY(mapping(3));
	auto node = KTRY((Map<int, Counted>::make_node(GFP_KERNEL, 5, 50)));
	CHECK(node && !node.empty() && node.key() == 5 && node.mapped().value == 50);
	auto [at, inserted, left] = map.insert(std::move(node));
	CHECK(inserted && at->first == 5 && left.empty() && map.size() == 4);
	auto second = map.insert(KTRY((Map<int, Counted>::make_node(GFP_KERNEL, 5, 51))));
	CHECK(!second.inserted && second.node.mapped().value == 51 && second.position == at);
	CHECK(map.size() == 4 && alive == 5);
	auto extracted = map.extract(1);
	CHECK(extracted.key() == 1 && extracted.value().second.value == 10 && map.size() == 3);
	CHECK(map.extract(1).empty() && !map.contains(1) && alive == 5);
	Map<int, Counted> other;
	CHECK(other.insert(std::move(extracted)).inserted && keys_are(other, {1}));
	return {};
}

Result<> map_values_stay_where_they_are()
{
	Map<int, Fixed> map;
	for (int i = 0; i < 20; ++i)
		KTRY(map.try_emplace(GFP_KERNEL, i, i));
	for (int i = 0; i < 20; i += 2)
		map.erase(i);
	for (const auto &[key, fixed] : map)
		CHECK(fixed.self == &fixed && fixed.value == key);
	CHECK(alive == 10);
	return {};
}

struct Directory {
	explicit Directory(int v) : counted{v} {}
	Counted counted;
	Map<int, Directory> entries;
};

Result<> map_moves_whole_and_into_what_held_it()
{
	Map<int, Directory> map;
	KTRY(map.try_emplace(GFP_KERNEL, 1, 1));
	KTRY(map.get(1)->entries.try_emplace(GFP_KERNEL, 2, 2));
	KTRY(map.get(1)->entries.try_emplace(GFP_KERNEL, 3, 3));
	map = std::move(map.get(1)->entries);
	CHECK(keys_are(map, {2, 3}) && alive == 2);
	Map<int, Directory> other = std::move(map);
	CHECK(map.empty() && map.begin() == map.end() && keys_are(other, {2, 3}));
	KTRY(map.try_emplace(GFP_KERNEL, 7, 7));
	std::swap(map, other);
	CHECK(keys_are(map, {2, 3}) && keys_are(other, {7}) && alive == 3);
	return {};
}

Result<> map_clones_are_independent()
{
	Map<int, Counted> map = KTRY(mapping(5));
	auto copy = KTRY(map.try_clone(GFP_KERNEL));
	map.get(2)->value = 9;
	CHECK(copy.get(2)->value == 20 && copy.size() == 5 && alive == 10);
	Map<String, String> names;
	KTRY(names.insert(KTRY(String::from("a", GFP_KERNEL)), KTRY(String::from("b", GFP_KERNEL)),
			  GFP_KERNEL));
	auto others = KTRY(names.try_clone(GFP_KERNEL));
	CHECK(*others.get("a") == "b" && others.get("a")->c_str() != names.get("a")->c_str());
	return {};
}

/// Larger than kmalloc() ever gives
struct Large {
	explicit Large(Counted &&from) : counted{std::move(from)} {}
	Counted counted;
	std::array<char, 8ul << 20> room;
};

Result<> map_is_untouched_when_memory_runs_out()
{
	const Gfp flags = GFP_KERNEL | __GFP_NOWARN;
	Map<int, Large> map;
	Counted extra{77};
	CHECK(map.try_emplace(flags, 1, std::move(extra)).error() == ENOMEM && extra.value == 77);
	CHECK(map.empty() && map.begin() == map.end() && alive == 1);
	auto node = Map<int, Large>::make_node(flags, 1, std::move(extra));
	CHECK(!node && node.error() == ENOMEM && extra.value == 77);
	return {};
}

Result<> map_in_another_order()
{
	Map<int, int, std::greater<>> map;
	for (int i = 0; i < 4; ++i)
		KTRY(map.insert(i, i, GFP_KERNEL));
	CHECK(keys_are(map, {3, 2, 1, 0}) && map.lower_bound(2)->first == 2);
	CHECK(map.upper_bound(2)->first == 1);
	int sum = 0;
	for (int value : map | std::views::values)
		sum += value;
	CHECK(sum == 6);
	return {};
}

Result<> set_keeps_each_key_once()
{
	Set<String> set;
	for (const char *name : {"b", "a", "c", "b", "a"})
		KTRY(set.insert(KTRY(String::from(name, GFP_KERNEL)), GFP_KERNEL));
	CHECK(set.size() == 3 && set.contains("a") && !set.contains("d"));
	CHECK(std::ranges::equal(set, std::initializer_list<std::string_view>{"a", "b", "c"}));
	auto node = set.extract("b");
	CHECK(node.value() == "b" && node.key() == "b" && set.size() == 2);
	CHECK(set.insert(std::move(node)).inserted && set.erase("a") == 1 && set.size() == 2);
	auto copy = KTRY(set.try_clone(GFP_KERNEL));
	set.clear();
	CHECK(copy.size() == 2 && *copy.begin() == "b" && set.empty());
	CHECK(KTRY(Set<int>::make_node(GFP_KERNEL, 3)).value() == 3);
	return {};
}

} // namespace
