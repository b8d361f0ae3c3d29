// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <memory>

#include <cstddef>
#include <new>
#include <utility>

#include "probes.hpp"

namespace
{

/// An allocator of one place
struct Room {
	using value_type = long;

	long *allocate(std::size_t /*count*/) { return place; }
	void deallocate(long * /*first*/, std::size_t count) { given_back = count; }

	long place[2]{};
	std::size_t given_back = 0;
};

} // namespace

bool probes::try_memory_owns_by_a_deleter()
{
	struct Returned {
		void operator()(int *p) const { *p = 7; }
	};
	int v = 1 + zero();
	int w = 2;
	{
		std::unique_ptr<int, Returned> p{&v};
		std::unique_ptr<int, Returned> q = std::move(p);
		p.reset(&w);
		p.release();
		if (p || *q != 1 || sizeof(p) != sizeof(int *))
			return false;
	}
	return v == 7 && w == 2;
}

#if _GLIBCXX_RELEASE >= 14
bool probes::try_memory_gives_out_pointers()
{
	struct Nothing {
		void operator()(int * /*p*/) const {}
	};
	int v = 3 + zero();
	std::unique_ptr<int, Nothing> given;
	[&v](int **p) { *p = &v; }(std::out_ptr(given));
	return *given == 3;
}
#endif

bool probes::try_memory_constructs_and_destroys()
{
	alignas(int) char room[sizeof(int)];
	int destroyed = zero();
	struct Counted {
		~Counted() { ++*count; }
		int *count;
	};
	alignas(Counted) char more[2 * sizeof(Counted)];
	auto *two = reinterpret_cast<Counted *>(more);
	std::construct_at(two, &destroyed);
	std::construct_at(two + 1, &destroyed);
	std::destroy_n(two, 2);
	const int *made = std::construct_at(reinterpret_cast<int *>(room), 3);
	return *made == 3 && destroyed == 2;
}

bool probes::try_memory_fills_raw_memory()
{
	const int from[3]{1, 2, 3 + zero()};
	alignas(int) char room[3 * sizeof(int)];
	auto *to = reinterpret_cast<int *>(room);
	std::uninitialized_copy_n(from, 3, to);
	std::uninitialized_fill_n(to, 1, 9);
	std::ranges::uninitialized_default_construct_n(to + 1, 1);
	return std::launder(to)[0] == 9 && std::launder(to)[2] == 3;
}

bool probes::try_memory_finds_addresses()
{
	struct Hides {
		int *operator&() { return nullptr; }
		int value;
	};
	Hides hides{3 + zero()};
	int v = 4;
	return std::addressof(hides)->value == 3 && std::to_address(&v) == &v &&
	       *std::pointer_traits<int *>::pointer_to(v) == 4;
}

bool probes::try_memory_aligns()
{
	alignas(64) char room[128];
	void *at = room + 1 + zero();
	std::size_t left = sizeof(room) - 1;
	void *const aligned = std::align(64, 32, at, left);
	void *none = room + 1;
	std::size_t little = 10;
	return aligned == room + 64 && left == 64 && std::align(64, 32, none, little) == nullptr &&
	       std::assume_aligned<64>(room) == room;
}

bool probes::try_memory_asks_allocators()
{
	Room room;
	using Traits = std::allocator_traits<Room>;
	long *two = Traits::allocate(room, 2);
	Traits::construct(room, two, 3 + zero());
	const bool made = *two == 3;
	Traits::destroy(room, two);
	Traits::deallocate(room, two, 2);
	return made && room.given_back == 2 && Traits::max_size(room) > 2;
}
