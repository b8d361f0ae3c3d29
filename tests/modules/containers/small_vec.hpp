// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What SmallVec does.

#pragma once

#include <algorithm>
#include <ranges>
#include <utility>

#include <kernel/containers/small_vec.hpp>

#include "holds.hpp"

static_assert(std::ranges::contiguous_range<SmallVec<int, 4>>);
static_assert(std::ranges::sized_range<const SmallVec<int, 4>>);
static_assert(!std::copyable<SmallVec<int, 4>> && std::movable<SmallVec<int, 4>>);

namespace
{

using Three = SmallVec<Counted, 3>;

Result<Three> three_and_more(int n)
{
	Three vec;
	for (int i = 0; i < n; ++i)
		KTRY(vec.emplace(GFP_KERNEL, i));
	return vec;
}

/// True if the elements lie in the object itself
template <typename Vector>
bool inside(const Vector &vec)
{
	const auto at = reinterpret_cast<unsigned long>(vec.data());
	const auto from = reinterpret_cast<unsigned long>(&vec);
	return at >= from && at < from + sizeof(vec);
}

Result<> small_vec_keeps_its_first_elements_inside()
{
	Three vec;
	CHECK(vec.capacity() == 3 && vec.empty() && inside(vec));
	for (int i = 0; i < 3; ++i)
		KTRY(vec.emplace(Gfp{0}, i));
	CHECK(inside(vec) && holds(vec, {0, 1, 2}));
	KTRY(vec.push(vec[1], GFP_KERNEL));
	CHECK(!inside(vec) && holds(vec, {0, 1, 2, 1}) && alive == 4);
	return {};
}

Result<> small_vec_moves_from_inside_and_from_outside()
{
	for (int n : {2, 5}) {
		Three vec = KTRY(three_and_more(n));
		Three other = std::move(vec);
		CHECK(vec.empty() && inside(vec) && vec.capacity() == 3);
		CHECK(other.size() == static_cast<unsigned>(n) && inside(other) == (n == 2));
		CHECK(other[n - 1].value == n - 1 && alive == n);
		vec = KTRY(three_and_more(7 - n));
		vec = std::move(other);
		CHECK(vec.size() == static_cast<unsigned>(n) && other.empty() && alive == n);
		Three &same = vec;
		vec = std::move(same);
		CHECK(vec.size() == static_cast<unsigned>(n) && alive == n);
	}
	return {};
}

Result<> small_vec_inserts_and_removes()
{
	Three vec;
	KTRY(vec.insert(0, Counted{1}, GFP_KERNEL));
	KTRY(vec.insert(0, Counted{2}, GFP_KERNEL));
	KTRY(vec.insert(2, 3, GFP_KERNEL));
	KTRY(vec.insert(1, vec[2], GFP_KERNEL));
	CHECK(holds(vec, {2, 3, 1, 3}) && alive == 4);
	CHECK(vec.remove(1).value == 3 && vec.remove(2).value == 3);
	CHECK(holds(vec, {2, 1}) && vec.swap_remove(0).value == 2);
	CHECK(holds(vec, {1}) && vec.swap_remove(0).value == 1);
	CHECK(vec.empty() && alive == 0);
	return {};
}

Result<> small_vec_extends_truncates_and_retains()
{
	Three vec = KTRY(three_and_more(2));
	KTRY(vec.extend(vec, GFP_KERNEL));
	KTRY(vec.extend(vec, GFP_KERNEL));
	CHECK(holds(vec, {0, 1, 0, 1, 0, 1, 0, 1}));
	vec.retain([](const Counted &counted) { return counted.value == 1; });
	CHECK(holds(vec, {1, 1, 1, 1}) && alive == 4);
	vec.truncate(9);
	vec.truncate(3);
	vec.pop();
	CHECK(holds(vec, {1, 1}) && alive == 2);
	vec.clear();
	CHECK(vec.empty() && alive == 0 && vec.get(0) == nullptr);
	return {};
}

Result<> small_vec_clones_are_independent()
{
	for (int n : {2, 5}) {
		Three vec = KTRY(three_and_more(n));
		Three copy = KTRY(vec.try_clone(GFP_KERNEL));
		vec[0].value = 9;
		CHECK(copy[0].value == 0 && inside(copy) == (n == 2) && alive == 2 * n);
	}
	SmallVec<String, 2> names;
	KTRY(names.push(KTRY(String::from("one", GFP_KERNEL)), GFP_KERNEL));
	auto others = KTRY(names.try_clone(GFP_KERNEL));
	CHECK(others[0] == "one" && others[0].c_str() != names[0].c_str());
	return {};
}

Result<> small_vec_is_untouched_when_memory_runs_out()
{
	const Gfp flags = GFP_KERNEL | __GFP_NOWARN;
	Three vec = KTRY(three_and_more(3));
	CHECK(vec.reserve(1ul << 40, flags).error() == ENOMEM);
	CHECK(vec.reserve(~0ul, flags).error() == EOVERFLOW);
	CHECK(vec.extend(std::span<const Counted>{vec.data(), ~0ul}, flags).error() == EOVERFLOW);
	CHECK(holds(vec, {0, 1, 2}) && inside(vec) && alive == 3);

	SmallVec<Counted, 1> full; // twice its size is more than kmalloc() ever gives
	const unsigned long most = (2ul << 20) / sizeof(Counted) + 1;
	KTRY(full.reserve(most, GFP_KERNEL));
	while (full.size() < most)
		KTRY(full.emplace(GFP_KERNEL, 1));
	Counted extra{77};
	CHECK(full.push(std::move(extra), flags).error() == ENOMEM && extra.value == 77);
	CHECK(full.insert(0, std::move(extra), flags).error() == ENOMEM && extra.value == 77);
	CHECK(full.size() == most && alive == static_cast<int>(most) + 4);
	return {};
}

Result<> small_vec_is_a_range()
{
	SmallVec<int, 4> vec;
	for (int i = 0; i < 9; ++i)
		KTRY(vec.push(i * 5 % 9, GFP_KERNEL));
	std::ranges::sort(vec);
	CHECK(std::ranges::equal(vec, std::views::iota(0, 9)));
	CHECK(std::span<const int>{vec}.size() == 9);
	return {};
}

} // namespace
