// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The examples of docs/containers.md; tests/check/test_containers_page.py compares.

#pragma once

#include <array>
#include <ranges>
#include <span>
#include <string_view>

#include <kernel/containers.hpp>
#include <kernel/spinlock.hpp>

#include "behaviours.hpp"

namespace
{

Result<> page_ring_buffer()
{
	int lost = 0;
	int sum = 0;
	auto samples = KTRY(RingBuffer<int>::with_capacity(64, GFP_KERNEL));
	if (!samples.push_back(72)) // ENOSPC: the new one is lost
		++lost;
	if (samples.force_push_back(73)) // the oldest one is lost
		++lost;
	while (auto sample = samples.pop_front())
		sum += *sample;
	CHECK(lost == 0 && sum == 72 + 73);
	return {};
}

Result<> page_deque()
{
	Deque<String> lines;
	KTRY(lines.push_back(KTRY(String::from("second", GFP_KERNEL)), GFP_KERNEL));
	KTRY(lines.push_front(KTRY(String::from("first", GFP_KERNEL)), GFP_KERNEL));
	for (const String &line : lines | std::views::reverse)
		pr_debug("%s\n", line.c_str());
	CHECK(*lines.front() == "first" && *lines.back() == "second");
	return {};
}

Result<> page_small_vec()
{
	SmallVec<unsigned, 4> lanes;
	for (unsigned lane : {0u, 1u, 2u})
		KTRY(lanes.push(lane, GFP_NOWAIT)); // cannot fail: there is room inside
	CHECK(lanes.size() == 3 && lanes[2] == 2);
	return {};
}

Result<> page_map()
{
	Map<String, int> ports;
	KTRY(ports.insert(KTRY(String::from("eth1", GFP_KERNEL)), 7, GFP_KERNEL));
	if (int *port = ports.get("eth1"))
		++*port;
	for (const auto &[name, port] : ports)
		pr_debug("%s: %d\n", name.c_str(), port);
	for (auto at = ports.begin(); at != ports.end();)
		at = at->second > 7 ? ports.erase(at) : std::next(at);
	CHECK(ports.empty());
	return {};
}

Result<> page_map_under_a_spinlock()
{
	bool known = true;
	SpinLock<Map<int, String>> lock{LOCK_CLASS("kcxx map")};
	auto node = KTRY((Map<int, String>::make_node(GFP_KERNEL, 7)));
	{
		auto map = lock.lock();
		known = !map->insert(std::move(node)).inserted;
	}
	CHECK(!known && node.empty());
	return {};
}

struct Extent : RbTreeNode<> {
	Extent(int start, int length) : start{start}, length{length} {}
	const int start;
	const int length;
};

Result<> page_rb_tree()
{
	int found = 0;
	RbTree<Extent, &Extent::start> extents;
	auto [at, inserted, refused] =
		extents.insert(KTRY(Box<Extent>::make(GFP_KERNEL, 4096, 512)));
	if (auto after = extents.upper_bound(4000); after != extents.end())
		found = after->length;
	Box<Extent> removed = extents.extract(at);
	CHECK(inserted && !refused && found == 512 && removed->start == 4096 && extents.empty());
	return {};
}

struct ByLength;

struct Region : RbTreeNode<>, RbTreeNode<ByLength> {
	Region(int start, int length) : start{start}, length{length} {}
	const int start;
	const int length;
};

using Regions = RbTree<Region, &Region::start, std::less<>, Arc<Region>>;
using Sizes = RbTree<Region, &Region::length, std::less<>, Arc<Region>, ByLength>;

Result<> page_rb_trees()
{
	Regions regions;
	Sizes sizes;
	for (int i = 0; i < 3; ++i) {
		auto region = KTRY(Arc<Region>::make(GFP_KERNEL, i, 10 - i));
		sizes.insert_equal(region.clone());
		regions.insert_equal(std::move(region));
	}
	CHECK(regions.begin()->length == 10 && sizes.begin()->start == 2);
	return {};
}

Result<> page_hash_map()
{
	auto users = KTRY((HashMap<unsigned, int>::with_capacity(100, GFP_KERNEL)));
	for (unsigned user : {1000u, 33u, 1000u}) {
		auto [at, is_new] = KTRY(users.try_emplace(GFP_NOWAIT, user, 0)); // there is room
		++at->second;
	}
	CHECK(users.size() == 2 && *users.get(1000) == 2);
	return {};
}

struct Flow {
	unsigned char protocol;
	unsigned port;
	[[nodiscard]] auto hash_key() const { return std::array{unsigned{protocol}, port}; }
	friend bool operator==(const Flow &, const Flow &) = default;
};

struct BySlot {
	unsigned operator()(unsigned slot) const { return slot; }
};

using Slots = HashMap<unsigned, int, BySlot>;

Result<> page_hashes()
{
	HashMap<Flow, int> flows;
	KTRY(flows.insert(Flow{6, 443}, 1, GFP_KERNEL));
	Slots slots;
	KTRY(slots.insert(3, 4, GFP_KERNEL));
	CHECK(flows.contains({6, 443}) && !flows.contains({17, 443}) && *slots.get(3) == 4);
	return {};
}

struct Message {
	explicit Message(int n) : number{n} {}
	int number;
	std::string_view sender;
	std::span<int> words;
};

Result<> page_arena()
{
	Arena arena;
	auto *message = KTRY(arena.make<Message>(GFP_KERNEL, 7));
	message->sender = KTRY(arena.copy("eth0", GFP_KERNEL));
	message->words = KTRY(arena.make_array<int>(16, GFP_KERNEL));
	CHECK(message->number == 7 && message->sender == "eth0" && message->words[15] == 0);
	return {};
}

} // namespace
