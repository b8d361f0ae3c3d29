// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Elements that are copied where there is room for them. C API: memcpy() of <linux/string.h>, with
/// the check of CONFIG_FORTIFY_SOURCE.

#pragma once

#include <algorithm>
#include <iterator>
#include <ranges>

#include <kernel/bug.hpp>

namespace kernel
{

/// Copies the elements of `from` over the first ones of `to`. BUG()s if `to` has fewer;
/// std::ranges::copy() would write behind them. They do not overlap.
///
///     kernel::copy(std::array{1U, 2U, 3U}, buffer);
///     kernel::copy(text, std::span{name}.subspan(4));
///
/// Context: any; as the copies of elements are.
template <std::ranges::input_range From, std::ranges::forward_range To>
	requires std::ranges::sized_range<From> && std::ranges::sized_range<To> &&
		 std::indirectly_copyable<std::ranges::iterator_t<From>,
					  std::ranges::iterator_t<To>>
constexpr void copy(From &&from, To &&to)
{
	if (std::ranges::size(from) > std::ranges::size(to)) [[unlikely]]
		bug("copy(): more elements than there is room for");
	std::ranges::copy(from, std::ranges::begin(to));
}

} // namespace kernel
