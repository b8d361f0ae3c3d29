// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Sorting with any order. C API: sort() of <linux/sort.h>.

#pragma once

#include <algorithm>
#include <iterator>
#include <ranges>

#include <kernel/types/functional.hpp>

namespace kernel
{

/// Sorts `range` in its place, as the kernel's sort() does: n log n steps at most, no memory, and
/// equal elements in any order. An order that is none, such as `a <= b`, leaves the elements in
/// some order; std::sort() would read and write behind them.
///
///     kernel::sort(samples);
///     kernel::sort(channels, std::greater{}, &Channel::level);
///
/// \param range a Vec, SmallVec, Deque, RingBuffer, std::array or std::span
/// \param order true if its first argument is to stand before its second
/// \param projection a member or a function of the elements, by which they are compared
///
/// Context: any; as `order` and the moves of elements are.
template <std::ranges::random_access_range Range, typename Order = std::ranges::less,
	  typename Projection = std::identity>
	requires std::sortable<std::ranges::iterator_t<Range>, Order, Projection>
constexpr void sort(Range &&range, Order order = {}, Projection projection = {})
{
	// The steps of a heap are bounded by the number of elements alone.
	std::ranges::make_heap(range, order, projection);
	std::ranges::sort_heap(range, order, projection);
}

} // namespace kernel
