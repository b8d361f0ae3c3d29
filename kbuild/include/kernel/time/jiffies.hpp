// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Lengths of time, in ticks of the kernel's clock. C API: <linux/jiffies.h>.

#pragma once

#include <compare>

#include <generated/bindings/time/jiffies.hpp>

namespace kernel
{

/// A length of time: a type of its own, so that milliseconds are not taken for ticks.
class Jiffies
{
public:
	/// \param count 0 to KCXX_MAX_JIFFY_OFFSET
	explicit constexpr Jiffies(long count) noexcept : count_{count} {}

	/// The number of ticks.
	[[nodiscard]] constexpr long count() const noexcept { return count_; }

	/// Compares lengths.
	friend constexpr auto operator<=>(Jiffies, Jiffies) = default;

private:
	long count_;
};

/// The fewest ticks that last at least so long
[[nodiscard]] constexpr Jiffies seconds(unsigned int n) noexcept
{
	return Jiffies{static_cast<long>(n) * KCXX_HZ};
}

/// The least number of ticks that is not shorter than `n` milliseconds.
[[nodiscard]] constexpr Jiffies milliseconds(unsigned int n) noexcept
{
	return Jiffies{(static_cast<long>(n) * KCXX_HZ + 999) / 1000};
}

static_assert(sizeof(long) == 8, "kcxx-E1478: no unsigned int of seconds is too long");

} // namespace kernel
