// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The examples of docs/containers.md; tests/check/test_containers_page.py compares.

#pragma once

#include <ranges>

#include <kernel/containers.hpp>

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

} // namespace
