// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Lengths and points of time, in nanoseconds. C API: ktime_t of <linux/ktime.h>.

#pragma once

#include <compare>
#include <type_traits>

#include <generated/bindings/time/ktime.hpp>
#include <kernel/sync/thread_safety.hpp>

namespace kernel
{

namespace detail
{

/// `count` units of `numerator / denominator` seconds, or the longest length if these are more
[[nodiscard]] constexpr long long nanoseconds_in(long long count, long long numerator,
						 long long denominator) noexcept
{
	constexpr long long per_second = 1'000'000'000;
	long long product = 0;
	if (denominator <= per_second && per_second % denominator == 0) {
		if (!__builtin_mul_overflow(count, per_second / denominator * numerator, &product))
			return product;
	} else if (!__builtin_mul_overflow(count, per_second * numerator, &product)) {
		return product / denominator;
	}
	return count < 0 ? -0x7fff'ffff'ffff'ffff : 0x7fff'ffff'ffff'ffff;
}

} // namespace detail

/// A length of time: `250_us`, by `using namespace kernel::literals`, or a duration of
/// `std::chrono`. A type of its own, so that microseconds or Jiffies are not taken for nanoseconds.
class Nanoseconds
{
public:
	constexpr Nanoseconds() noexcept = default;
	/// A length of `count` nanoseconds.
	explicit constexpr Nanoseconds(long long count) noexcept : count_{count} {}

	/// A length of `std::chrono`: `5ms`. A count of floating point is refused.
	template <typename Duration>
		requires(std::is_integral_v<typename Duration::rep> && Duration::period::num > 0)
	constexpr Nanoseconds(Duration length) noexcept // NOLINT(*-explicit-*): it has its unit
	    : count_{detail::nanoseconds_in(length.count(), Duration::period::num,
					    Duration::period::den)}
	{
	}

	/// The number of nanoseconds.
	[[nodiscard]] constexpr long long count() const noexcept { return count_; }

	/// Compares lengths.
	friend constexpr auto operator<=>(Nanoseconds, Nanoseconds) = default;

	/// The sum.
	friend constexpr Nanoseconds operator+(Nanoseconds a, Nanoseconds b) noexcept
	{
		return Nanoseconds{a.count_ + b.count_};
	}
	/// The difference.
	friend constexpr Nanoseconds operator-(Nanoseconds a, Nanoseconds b) noexcept
	{
		return Nanoseconds{a.count_ - b.count_};
	}
	/// The length `times` times.
	friend constexpr Nanoseconds operator*(Nanoseconds length, long long times) noexcept
	{
		return Nanoseconds{length.count_ * times};
	}
	/// The length `times` times.
	friend constexpr Nanoseconds operator*(long long times, Nanoseconds length) noexcept
	{
		return length * times;
	}
	/// One of `parts` equal parts, rounded towards 0; not for a divisor of 0.
	friend constexpr Nanoseconds operator/(Nanoseconds length, long long parts) noexcept
	{
		return Nanoseconds{length.count_ / parts};
	}

private:
	long long count_ = 0;
};

/// A point on the monotonic clock, which cannot be set and stands still while the machine is
/// suspended.
class Ktime
{
public:
	/// The point that is `since_boot` after the start of CLOCK_MONOTONIC.
	explicit constexpr Ktime(Nanoseconds since_boot) noexcept : since_boot_{since_boot} {}

	/// The length since the start of CLOCK_MONOTONIC.
	[[nodiscard]] constexpr Nanoseconds since_boot() const noexcept { return since_boot_; }

	/// Compares points of time.
	friend constexpr auto operator<=>(Ktime, Ktime) = default;

	/// The point `length` later.
	friend constexpr Ktime operator+(Ktime when, Nanoseconds length) noexcept
	{
		return Ktime{when.since_boot_ + length};
	}
	/// The point `length` earlier.
	friend constexpr Ktime operator-(Ktime when, Nanoseconds length) noexcept
	{
		return Ktime{when.since_boot_ - length};
	}
	/// The length between two points.
	friend constexpr Nanoseconds operator-(Ktime later, Ktime earlier) noexcept
	{
		return later.since_boot_ - earlier.since_boot_;
	}

private:
	Nanoseconds since_boot_;
};

/// Returns the current time. Context: any but an NMI.
[[nodiscard]] inline Ktime ktime_get()
{
	// SAFETY: the call only reads the clock.
	return Ktime{Nanoseconds{bindings::ktime_get()}};
}

namespace detail
{

/// This is called where a literal is too long: it is no constant, so that the literal does not
/// compile
void literal_is_longer_than_292_years() KCXX_EFFECT_(nonblocking);

consteval Nanoseconds nanoseconds_of(unsigned long long count, unsigned long long unit)
{
	if (count > ~0ULL / 2 / unit)
		literal_is_longer_than_292_years();
	return Nanoseconds{static_cast<long long>(count * unit)};
}

} // namespace detail

inline namespace literals
{

/// Nanoseconds: `250_ns`.
consteval Nanoseconds operator""_ns(unsigned long long count)
{
	return detail::nanoseconds_of(count, 1);
}
/// Microseconds: `250_us`.
consteval Nanoseconds operator""_us(unsigned long long count)
{
	return detail::nanoseconds_of(count, 1000);
}
/// Milliseconds: `250_ms`.
consteval Nanoseconds operator""_ms(unsigned long long count)
{
	return detail::nanoseconds_of(count, 1000000);
}
/// Seconds: `2_s`.
consteval Nanoseconds operator""_s(unsigned long long count)
{
	return detail::nanoseconds_of(count, 1000000000);
}

} // namespace literals

} // namespace kernel
