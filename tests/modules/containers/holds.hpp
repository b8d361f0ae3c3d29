// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Compares a container with the values that it should hold, by iterators and by index.

#pragma once

#include <algorithm>
#include <initializer_list>

#include "behaviours.hpp"

namespace
{

/// True if the elements of `range` are Counted objects of these values, in this order
template <typename Range>
bool holds(const Range &range, std::initializer_list<int> values)
{
	return std::ranges::equal(range, values, {}, &Counted::value);
}

} // namespace
