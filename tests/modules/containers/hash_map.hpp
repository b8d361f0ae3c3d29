// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What HashMap and HashSet do.

#pragma once

#include <algorithm>
#include <ranges>
#include <string_view>
#include <utility>

#include <kernel/containers/hash_map.hpp>
#include <kernel/containers/hash_set.hpp>

#include "behaviours.hpp"

static_assert(std::ranges::contiguous_range<HashMap<int, int>>);
static_assert(std::ranges::contiguous_range<const HashMap<int, int>>);
static_assert(std::ranges::sized_range<HashMap<int, int>>);
static_assert(!std::copyable<HashMap<int, int>> && std::movable<HashMap<int, int>>);
static_assert(std::same_as<decltype(*std::declval<HashSet<int>>().begin()), const int &>);
static_assert(std::same_as<HashMap<int, int>::value_type, std::pair<const int, int>>);

namespace
{

/// Has all keys collide
struct OneHash {
	std::uint32_t operator()(int /*key*/) const { return 7; }
};

template <typename Hash = KeyedHash>
Result<HashMap<int, Counted, Hash>> hashed(int n)
{
	HashMap<int, Counted, Hash> map;
	for (int i = 0; i < n; ++i)
		KTRY(map.try_emplace(GFP_KERNEL, i, 10 * i));
	return map;
}

/// True if `map` has the keys below `n` for which `has` returns true, with their values, and no
/// others
template <typename Map, typename Has>
bool has_those(const Map &map, int n, Has has)
{
	std::size_t count = 0;
	for (int i = 0; i < n; ++i) {
		const Counted *value = map.get(i);
		if (has(i) != (value != nullptr) || (value && value->value != 10 * i))
			return false;
		count += has(i) ? 1 : 0;
	}
	return map.size() == count && std::ranges::all_of(map, [](const auto &entry) {
		       return entry.second.value == 10 * entry.first;
	       });
}

Result<> hash_map_finds_values_by_their_keys()
{
	auto map = KTRY(hashed(100));
	CHECK(has_those(map, 200, [](int key) { return key < 100; }) && alive == 100);
	int next = 0;
	for (const auto &[key, counted] : map) // in the order of insertion
		CHECK(key == next++ && counted.value == 10 * key);
	CHECK(map.find(7)->second.value == 70 && map.find(100) == map.end());
	CHECK(map.contains(0) && !map.contains(-1) && map.capacity() == 128);
	map.get(7)->value = 1;
	CHECK(std::as_const(map).get(7)->value == 1);
	return {};
}

Result<> hash_map_keeps_the_value_that_a_key_has()
{
	HashMap<int, Counted> map;
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

template <typename Hash>
Result<> erases()
{
	auto map = KTRY(hashed<Hash>(60));
	for (int key = 0; key < 60; key += 3)
		CHECK(map.erase(key) == 1);
	CHECK(map.erase(3) == 0 && map.erase(60) == 0 && alive == 40);
	CHECK(has_those(map, 60, [](int key) { return key % 3 != 0; }));
	for (auto at = map.begin(); at != map.end();)
		at = at->first % 2 == 0 ? map.erase(at) : at + 1;
	CHECK(has_those(map, 60, [](int key) { return key % 3 != 0 && key % 2 != 0; }));
	map.retain([](const auto &entry) { return entry.first > 30; });
	CHECK(has_those(map, 60, [](int k) { return k % 3 != 0 && k % 2 != 0 && k > 30; }));
	for (int i = 0; i < 60; ++i)
		KTRY(map.try_emplace(GFP_KERNEL, i, 10 * i));
	CHECK(has_those(map, 60, [](int) { return true; }) && alive == 60);
	const auto capacity = map.capacity();
	map.clear();
	CHECK(map.empty() && alive == 0 && map.capacity() == capacity && !map.contains(1));
	KTRY(map.try_emplace(GFP_KERNEL, 1, 10));
	CHECK(has_those(map, 60, [](int key) { return key == 1; }));
	return {};
}

Result<> hash_map_erases_and_goes_on()
{
	return erases<KeyedHash>();
}

Result<> hash_map_works_where_all_hashes_collide()
{
	return erases<OneHash>();
}

Result<> hash_map_of_texts_is_searched_by_a_view()
{
	HashMap<String, int> map;
	for (const char *name : {"pump", "fan", "valve", "a", "b", "c"})
		KTRY(map.insert(KTRY(String::from(name, GFP_KERNEL)), static_cast<int>(map.size()),
				GFP_KERNEL));
	CHECK(*map.get("fan") == 1 && *map.get(std::string_view{"valve"}) == 2 && !map.get("van"));
	String key = KTRY(String::from("fan", GFP_KERNEL));
	CHECK(*map.get(key) == 1);
	CHECK(!KTRY(map.insert(std::move(key), 9, GFP_KERNEL)).second && key == "fan");
	auto extracted = map.extract("pump");
	CHECK(extracted && extracted->first == "pump" && extracted->second == 0);
	CHECK(!map.extract("pump") && map.size() == 5 && *map.get("c") == 5);
	return {};
}

/// A key with padding, which is not hashed
struct Place {
	char row;
	long column;

	[[nodiscard]] std::array<long, 2> hash_key() const { return {row, column}; }
	friend bool operator==(const Place &, const Place &) = default;
};

enum class Colour : unsigned char { red, green };

struct Address {
	std::uint32_t ip;
	std::uint32_t port;

	friend bool operator==(const Address &, const Address &) = default;
};

Result<> hash_map_takes_keys_of_many_types()
{
	HashMap<Place, int> places;
	for (long column = 0; column < 30; ++column)
		KTRY(places.insert(Place{'a', column}, static_cast<int>(column), GFP_KERNEL));
	CHECK(*places.get({'a', 29}) == 29 && !places.get({'b', 29}));
	HashMap<Colour, int> colours;
	KTRY(colours.insert(Colour::green, 1, GFP_KERNEL));
	CHECK(*colours.get(Colour::green) == 1 && !colours.get(Colour::red));
	HashMap<Address, int> addresses;
	KTRY(addresses.insert(Address{1, 2}, 3, GFP_KERNEL));
	CHECK(*addresses.get({1, 2}) == 3 && !addresses.get({2, 1}));
	HashMap<const int *, int> pointers;
	const int numbers[] = {1, 1};
	KTRY(pointers.insert(&numbers[0], 7, GFP_KERNEL));
	CHECK(*pointers.get(&numbers[0]) == 7 && !pointers.get(&numbers[1]));
	HashMap<std::uint64_t, int> longs; // by keys of other types
	KTRY(longs.insert(1, 7, GFP_KERNEL));
	KTRY(longs.insert(1ull << 40, 8, GFP_KERNEL));
	CHECK(*longs.get(1) == 7 && *longs.get(1ull << 40) == 8 && longs.contains(1u));
	return {};
}

Result<> hash_map_takes_its_own_values()
{
	HashMap<int, Counted> map;
	for (int i = 0; i < 40; ++i)
		KTRY(map.try_emplace(GFP_KERNEL, i, i == 0 ? Counted{7} : *map.get(0)));
	for (int i = 40; i < 80; ++i)
		KTRY(map.insert(i, *map.get(i - 1), GFP_KERNEL));
	CHECK(alive == 80);
	CHECK(std::ranges::all_of(map | std::views::values,
				  [](const Counted &counted) { return counted.value == 7; }));
	return {};
}

struct Folder {
	explicit Folder(int v) : counted{v} {}
	Counted counted;
	HashMap<int, Folder> entries;
};

Result<> hash_map_moves_whole_and_into_what_held_it()
{
	HashMap<int, Folder> map;
	KTRY(map.try_emplace(GFP_KERNEL, 1, 1));
	KTRY(map.get(1)->entries.try_emplace(GFP_KERNEL, 2, 2));
	map = std::move(map.get(1)->entries);
	CHECK(map.size() == 1 && map.contains(2) && alive == 1);
	HashMap<int, Folder> other = std::move(map);
	CHECK(map.empty() && map.capacity() == 0 && !map.contains(2) && other.contains(2));
	KTRY(map.try_emplace(GFP_KERNEL, 7, 7));
	std::swap(map, other);
	CHECK(map.contains(2) && !map.contains(7) && other.contains(7) && alive == 2);
	return {};
}

Result<> hash_map_clones_are_independent()
{
	auto map = KTRY(hashed(5));
	auto copy = KTRY(map.try_clone(GFP_KERNEL));
	map.get(2)->value = 9;
	CHECK(has_those(copy, 9, [](int key) { return key < 5; }) && alive == 10);
	KTRY(copy.try_emplace(GFP_KERNEL, 5, 50));
	HashMap<String, String> names;
	CHECK(KTRY(names.try_clone(GFP_KERNEL)).empty());
	KTRY(names.insert(KTRY(String::from("a", GFP_KERNEL)), KTRY(String::from("b", GFP_KERNEL)),
			  GFP_KERNEL));
	auto others = KTRY(names.try_clone(GFP_KERNEL));
	CHECK(*others.get("a") == "b" && others.get("a")->c_str() != names.get("a")->c_str());
	return {};
}

Result<> hash_map_reserved_needs_no_memory()
{
	auto map = KTRY((HashMap<int, Counted>::with_capacity(5, GFP_KERNEL)));
	CHECK(map.capacity() == 8 && map.empty());
	const auto *at = map.begin();
	for (int i = 0; i < 8; ++i)
		KTRY(map.try_emplace(GFP_NOWAIT, i, 10 * i));
	CHECK(map.begin() == at && has_those(map, 8, [](int) { return true; }));
	return {};
}

Result<> hash_map_is_untouched_when_memory_runs_out()
{
	const Gfp flags = GFP_KERNEL | __GFP_NOWARN;
	auto map = KTRY(hashed(4));
	CHECK(map.reserve(1ul << 28, flags).error() == ENOMEM);
	CHECK(map.reserve(1ul << 40, flags).error() == EOVERFLOW);
	CHECK(map.reserve(~0ul, flags).error() == EOVERFLOW);
	CHECK(has_those(map, 9, [](int key) { return key < 4; }) && alive == 4);

	HashMap<int, Counted> full; // twice its size is more than kmalloc() ever gives
	KTRY(full.reserve(1ul << 16, GFP_KERNEL));
	for (int i = 0; i < 1 << 16; ++i)
		KTRY(full.try_emplace(GFP_KERNEL, i, 10 * i));
	Counted extra{77};
	CHECK(full.insert(-1, std::move(extra), flags).error() == ENOMEM && extra.value == 77);
	CHECK(full.insert_or_assign(-1, std::move(extra), flags).error() == ENOMEM);
	CHECK(extra.value == 77 && !full.contains(-1) && full.size() == 1ul << 16);
	CHECK(has_those(full, 1 << 16, [](int) { return true; }) && alive == (1 << 16) + 5);
	return {};
}

Result<> hash_map_draws_a_secret_of_its_own()
{
	KeyedHash first;
	KeyedHash second;
	CHECK(first(7) == second(7)); // neither is seeded
	first.seed();
	second.seed();
	int same = 0;
	for (int i = 0; i < 100; ++i)
		same += first(i) == second(i) ? 1 : 0;
	CHECK(same < 3);
	const KeyedHash copy = first;
	CHECK(copy("pump") == first(std::string_view{"pump"}) && copy(7l) == first(7l));
	CHECK(copy("pump") != copy("pumq") && copy(1ull << 32) != copy(0ull));
	return {};
}

Result<> hash_set_keeps_each_key_once()
{
	HashSet<String> set;
	for (const char *name : {"b", "a", "c", "b", "a"})
		KTRY(set.insert(KTRY(String::from(name, GFP_KERNEL)), GFP_KERNEL));
	CHECK(set.size() == 3 && set.contains("a") && !set.contains("d"));
	CHECK(std::ranges::equal(set, std::initializer_list<std::string_view>{"b", "a", "c"}));
	auto taken = set.extract("b");
	CHECK(taken && *taken == "b" && set.size() == 2);
	CHECK(KTRY(set.insert(*std::move(taken), GFP_KERNEL)).second && set.erase("a") == 1);
	auto copy = KTRY(set.try_clone(GFP_KERNEL));
	set.clear();
	CHECK(copy.size() == 2 && copy.contains("b") && set.empty());
	HashSet<std::uint64_t> numbers;
	CHECK(KTRY(numbers.insert(3, GFP_KERNEL)).second);
	CHECK(!KTRY(numbers.insert(3u, GFP_KERNEL)).second && numbers.contains(3));
	return {};
}

} // namespace
