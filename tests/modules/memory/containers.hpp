// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Types of the tests that contain others or are contained, and lists and vectors of them.

#pragma once

#include <initializer_list>

#include <kernel/list.hpp>
#include <kernel/prelude.hpp>

#include "behaviours.hpp"

namespace
{

struct Node {
	explicit Node(int v) : counted{v} {}
	Counted counted;
	Box<Node> next = Box<Node>::adopt(nullptr);
};
struct Tree {
	explicit Tree(int v) : counted{v} {}
	Counted counted;
	Vec<Tree> children;
};
struct alignas(64) Line {
	explicit Line(int v) : counted{v} {}
	Counted counted;
};
[[maybe_unused]] bool aligned(const void *at, unsigned long to)
{
	return reinterpret_cast<unsigned long>(at) % to == 0;
}
struct Item : Counted, ListNode {
	explicit Item(int v) : Counted{v} {}
	List<Item> children;
};
[[maybe_unused]] Result<List<Item>> listing(int n)
{
	List<Item> list;
	for (int i = 0; i < n; ++i)
		list.push_back(KTRY(Box<Item>::make(GFP_KERNEL, i)));
	return list;
}
[[maybe_unused]] bool holds(const List<Item> &list, std::initializer_list<int> values)
{
	const int *at = values.begin();
	for (const Item &item : list)
		if (at == values.end() || item.value != *at++)
			return false;
	return at == values.end();
}
[[maybe_unused]] Result<Vec<Counted>> counting(int n)
{
	Vec<Counted> vec;
	for (int i = 0; i < n; ++i)
		KTRY(vec.emplace(GFP_KERNEL, i));
	return vec;
}
[[maybe_unused]] bool holds(const Vec<Counted> &vec, std::initializer_list<int> values)
{
	unsigned long at = 0;
	for (int value : values)
		if (at == vec.size() || vec[at++].value != value)
			return false;
	return at == vec.size();
}

} // namespace
