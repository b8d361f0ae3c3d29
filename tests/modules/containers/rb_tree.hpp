// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What RbTree does.

#pragma once

#include <algorithm>
#include <ranges>
#include <utility>

#include <kernel/containers/rb_tree.hpp>

#include "holds.hpp"

namespace
{

struct ByValue;

struct Piece : Counted, RbTreeNode<>, RbTreeNode<ByValue> {
	Piece(int start, int v) : Counted{v}, start{start} {}
	const int start;
};

using Pieces = RbTree<Piece, &Piece::start>;
using SharedByStart = RbTree<Piece, &Piece::start, std::less<>, Arc<Piece>>;
using SharedByValue = RbTree<Piece, &Counted::twice, std::greater<>, Arc<Piece>, ByValue>;

static_assert(std::ranges::bidirectional_range<Pieces>);
static_assert(std::ranges::bidirectional_range<const Pieces>);
static_assert(std::ranges::common_range<Pieces>);
static_assert(!std::copyable<Pieces> && std::movable<Pieces>);
static_assert(std::convertible_to<Pieces::iterator, Pieces::const_iterator>);
static_assert(!std::convertible_to<Pieces::const_iterator, Pieces::iterator>);

/// A tree of the starts 0, 2, 4 and so on, inserted in another order; each has its start as value
Result<Pieces> even(int n)
{
	Pieces pieces;
	for (int i = 0; i < n; ++i) {
		const int start = i * 7 % n * 2;
		(void)pieces.insert(KTRY(Box<Piece>::make(GFP_KERNEL, start, start)));
	}
	return pieces;
}

Result<> rb_tree_keeps_the_order_of_its_keys()
{
	for (int n : {0, 1, 2, 3, 10, 100}) {
		Pieces pieces = KTRY(even(n));
		int next = 0;
		for (const Piece &piece : std::as_const(pieces)) {
			CHECK(piece.start == next);
			next += 2;
		}
		CHECK(next == 2 * n && alive == n && pieces.empty() == (n == 0));
		for (const Piece &piece : pieces | std::views::reverse)
			CHECK(piece.start == (next -= 2));
		CHECK(next == 0);
	}
	return {};
}

Result<> rb_tree_finds_what_is_in_it()
{
	Pieces pieces = KTRY(even(50));
	const Pieces &constant = pieces;
	for (int start = -1; start < 102; ++start) {
		const bool in = start >= 0 && start < 100 && start % 2 == 0;
		CHECK(pieces.contains(start) == in && (pieces.get(start) != nullptr) == in);
		CHECK((pieces.find(start) != pieces.end()) == in);
		CHECK((constant.find(static_cast<short>(start)) != constant.end()) == in);
		CHECK(!in || pieces.find(start)->value == start);
		const auto lower = pieces.lower_bound(start);
		const auto upper = constant.upper_bound(start);
		CHECK(start > 98 ? lower == pieces.end()
				 : lower->start == std::max(start + start % 2, 0));
		CHECK(start >= 98 ? upper == constant.end()
				  : upper->start == std::max(start + 2 - (start & 1), 0));
	}
	return {};
}

Result<> rb_tree_refuses_a_second_of_a_key()
{
	Pieces pieces = KTRY(even(3));
	auto [at, inserted, refused] = pieces.insert(KTRY(Box<Piece>::make(GFP_KERNEL, 2, 9)));
	CHECK(!inserted && at->value == 2 && refused && refused->value == 9 && alive == 4);
	CHECK(!static_cast<RbTreeNode<> &>(*refused).linked());
	auto second = pieces.insert(KTRY(Box<Piece>::make(GFP_KERNEL, 3, 9)));
	CHECK(second.inserted && second.position->value == 9 && !second.refused);
	CHECK(holds(pieces, {0, 2, 9, 4}));
	return {};
}

Result<> rb_tree_keeps_equal_keys_in_the_order_of_insertion()
{
	Pieces pieces;
	for (int i = 0; i < 30; ++i)
		pieces.insert_equal(KTRY(Box<Piece>::make(GFP_KERNEL, i % 3, i)));
	int last = -1;
	for (const Piece &piece : pieces) {
		CHECK(last < 0 || (piece.value % 3 == last % 3 ? piece.value == last + 3
							       : piece.value == last % 3 + 1));
		last = piece.value;
	}
	CHECK(std::ranges::distance(pieces.lower_bound(1), pieces.upper_bound(1)) == 10);
	CHECK(pieces.lower_bound(1)->value == 1 && std::prev(pieces.upper_bound(1))->value == 28);
	return {};
}

Result<> rb_tree_makes_an_object_only_if_it_is_needed()
{
	Pieces pieces = KTRY(even(3));
	CHECK(pieces.insert_check(2).existing->value == 2);
	const auto place = pieces.insert_check(3);
	CHECK(place.existing == pieces.end());
	auto at = pieces.insert_commit(KTRY(Box<Piece>::make(GFP_KERNEL, 3, 9)), place);
	CHECK(at->value == 9 && holds(pieces, {0, 2, 9, 4}));
	return {};
}

Result<> rb_tree_gives_objects_back()
{
	Pieces pieces = KTRY(even(6));
	auto removed = pieces.remove(*pieces.get(4));
	auto extracted = pieces.extract(pieces.find(8));
	CHECK(removed->value == 4 && extracted->value == 8 && holds(pieces, {0, 2, 6, 10}));
	CHECK(pieces.pop_front()->value == 0 && pieces.pop_back()->value == 10);
	CHECK(holds(pieces, {2, 6}) && alive == 4);
	(void)pieces.insert(std::move(removed));
	CHECK(holds(pieces, {2, 4, 6}));
	const auto next = pieces.erase(pieces.begin());
	CHECK(next->value == 4 && pieces.erase(std::next(next)) == pieces.end());
	CHECK(holds(pieces, {4}) && alive == 2);
	pieces.clear();
	CHECK(pieces.empty() && !pieces.pop_front() && !pieces.pop_back() && alive == 1);
	return {};
}

Result<> rb_tree_retains_in_order()
{
	Pieces pieces = KTRY(even(40));
	pieces.retain([](const Piece &piece) { return piece.start % 10 == 0; });
	CHECK(holds(pieces, {0, 10, 20, 30, 40, 50, 60, 70}) && alive == 8);
	pieces.retain([](const Piece &) { return false; });
	CHECK(pieces.empty() && alive == 0);
	return {};
}

Result<> rb_tree_moves_whole()
{
	Pieces pieces = KTRY(even(20));
	Pieces other = std::move(pieces);
	CHECK(pieces.empty() && alive == 20);
	pieces = KTRY(even(3));
	pieces = std::move(other);
	CHECK(other.empty() && alive == 20 && pieces.contains(38));
	CHECK((--pieces.end())->start == 38);
	return {};
}

Result<> rb_tree_shares_objects_with_another_tree()
{
	SharedByStart by_start;
	SharedByValue by_value;
	for (int i = 0; i < 5; ++i) {
		auto piece = KTRY(Arc<Piece>::make(GFP_KERNEL, i, i * 3 % 5));
		by_value.insert_equal(piece.clone());
		by_start.insert_equal(std::move(piece));
	}
	CHECK(holds(by_start, {0, 3, 1, 4, 2}) && holds(by_value, {4, 3, 2, 1, 0}));
	Arc<Piece> middle = by_value.remove(*by_start.get(1));
	by_start.clear();
	CHECK(alive == 5 && middle->value == 3 && by_value.get(8)->start == 3);
	by_value.clear();
	CHECK(alive == 1);
	return {};
}

} // namespace
