// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <scoped_allocator>

#include "probes.hpp"

namespace
{

alignas(int) char room[2 * sizeof(int)];

struct Room {
	using value_type = int;

	int *allocate(std::size_t /*count*/) { return reinterpret_cast<int *>(room); }
	void deallocate(int * /*first*/, std::size_t /*count*/) {}
	bool operator==(const Room &) const = default;
};

} // namespace

bool probes::try_scoped_allocator_constructs()
{
	std::scoped_allocator_adaptor<Room> a;
	int *two = a.allocate(2);
	a.construct(two, 3 + zero());
	return *two == 3 && static_cast<void *>(two) == room;
}
