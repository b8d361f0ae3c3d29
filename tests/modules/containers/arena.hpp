// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What Arena does.

#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <kernel/containers/arena.hpp>

#include "behaviours.hpp"

static_assert(!std::copyable<Arena> && std::movable<Arena>);

namespace
{

/// Notes when it is destroyed, in the object of its caller
struct Noted : Counted {
	Noted(int v, int &at) : Counted{v}, last{at} {}
	~Noted() override { last = last * 10 + value; }

	int &last;
};

Result<> arena_makes_objects_that_stay()
{
	int destroyed = 0;
	{
		Arena arena;
		Noted *first = KTRY(arena.make<Noted>(GFP_KERNEL, 1, destroyed));
		Vec<long *> numbers;
		for (long i = 0; i < 500; ++i)
			KTRY(numbers.push(KTRY(arena.make<long>(GFP_KERNEL, i)), GFP_KERNEL));
		Noted *second = KTRY(arena.make<Noted>(GFP_KERNEL, 2, destroyed));
		for (long i = 0; i < 500; ++i)
			CHECK(*numbers[static_cast<std::size_t>(i)] == i);
		CHECK(first->value == 1 && second->twice() == 4 && alive == 2 && destroyed == 0);
	}
	CHECK(destroyed == 21 && alive == 0); // the last one first
	return {};
}

struct alignas(256) Wide {
	char c = 'w';
};

Result<> arena_aligns_its_objects()
{
	Arena arena;
	for (int i = 0; i < 20; ++i) {
		char *c = KTRY(arena.make<char>(GFP_KERNEL, 'c'));
		long *number = KTRY(arena.make<long>(GFP_KERNEL, i));
		Wide *wide = KTRY(arena.make<Wide>(GFP_KERNEL));
		CHECK(reinterpret_cast<unsigned long>(number) % alignof(long) == 0 && *number == i);
		CHECK(reinterpret_cast<unsigned long>(wide) % 256 == 0 && *c == 'c');
		CHECK(wide->c == 'w');
	}
	return {};
}

Result<> arena_makes_arrays_and_texts()
{
	Arena arena;
	const auto numbers = KTRY(arena.make_array<int>(1000, GFP_KERNEL));
	CHECK(numbers.size() == 1000 && std::ranges::all_of(numbers, [](int n) { return n == 0; }));
	const auto large = KTRY(arena.make_array<char>(100000, GFP_KERNEL));
	std::ranges::fill(large, 'l');
	char text[] = "pump";
	const std::string_view copy = KTRY(arena.copy(text, GFP_KERNEL));
	text[0] = 'j';
	CHECK(copy == "pump" && copy.data()[4] == 0 && KTRY(arena.copy("", GFP_KERNEL)).empty());
	CHECK(large.back() == 'l' && numbers.back() == 0);
	CHECK(KTRY(arena.make_array<int>(0, GFP_KERNEL)).empty());
	return {};
}

Result<> arena_cleared_uses_its_memory_again()
{
	int destroyed = 0;
	Arena arena = KTRY(Arena::with_capacity(4000, GFP_KERNEL));
	Noted *first = KTRY(arena.make<Noted>(GFP_NOWAIT, 1, destroyed));
	KTRY(arena.make<Noted>(GFP_NOWAIT, 2, destroyed));
	arena.clear();
	CHECK(destroyed == 21 && alive == 0);
	CHECK(KTRY(arena.make<Noted>(GFP_NOWAIT, 3, destroyed)) == first && alive == 1);
	for (int i = 0; i < 5000; ++i)
		KTRY(arena.make<long>(GFP_KERNEL, i));
	arena.clear();
	arena.clear();
	CHECK(destroyed == 213 && alive == 0);
	CHECK(*KTRY(arena.make<long>(GFP_KERNEL, 7)) == 7);
	return {};
}

Result<> arena_moves_and_its_objects_stay()
{
	int destroyed = 0;
	Arena arena;
	Noted *first = KTRY(arena.make<Noted>(GFP_KERNEL, 1, destroyed));
	Arena other = std::move(arena);
	CHECK(first->value == 1 && alive == 1);
	KTRY(arena.make<Noted>(GFP_KERNEL, 2, destroyed));
	other = std::move(arena);
	CHECK(destroyed == 1 && alive == 1);
	arena.clear();
	CHECK(alive == 1);
	Arena &same = other;
	other = std::move(same);
	CHECK(alive == 1);
	return {};
}

Result<> arena_is_untouched_when_memory_runs_out()
{
	const Gfp flags = GFP_KERNEL | __GFP_NOWARN;
	int destroyed = 0;
	{
		Arena arena;
		KTRY(arena.make<Noted>(GFP_KERNEL, 1, destroyed));
		CHECK(arena.allocate(1ul << 40, 8, flags).error() == ENOMEM);
		CHECK(arena.allocate(~0ul, 8, flags).error() == EOVERFLOW);
		CHECK(arena.allocate(~0ul - 8, 8, flags).error() == EOVERFLOW);
		CHECK(arena.make_array<long>(~0ul / 4, flags).error() == EOVERFLOW);
		CHECK(arena.copy(std::string_view{"", ~0ul}, flags).error() == EOVERFLOW);
		CHECK((arena.make<std::array<char, 8ul << 20>>(flags).error()) == ENOMEM);
		KTRY(arena.make<Noted>(GFP_KERNEL, 2, destroyed));
		CHECK(alive == 2 && destroyed == 0);
	}
	CHECK(destroyed == 21);
	return {};
}

} // namespace
