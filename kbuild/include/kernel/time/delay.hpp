// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Waiting for a length of time, asleep or busy. C API: <linux/delay.h>,
/// Documentation/timers/delay_sleep_functions.rst.
///
///     fsleep(5ms);  // of <chrono>, by using namespace std::chrono_literals;
///     udelay(3_us); // by using namespace kernel::literals;

#pragma once

#include <generated/bindings/time/delay.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/ktime.hpp>

namespace kernel
{

namespace detail
{

/// Called with a constant that is too long; nothing defines it
[[gnu::error("kcxx-E1475: udelay() keeps the CPU busy, for 20 ms at most: sleep by fsleep(), or "
	     "wait for an "
	     "interrupt")]] void
busy_wait_is_too_long();

/// The length in microseconds, rounded up
[[nodiscard]] constexpr unsigned long microseconds_of(Nanoseconds length) noexcept
{
	return length.count() <= 0 ? 0 : (static_cast<unsigned long>(length.count()) + 999) / 1000;
}

} // namespace detail

/// Sleeps for `length`, or somewhat longer, in the way that suits the length. C: fsleep()
///
/// Context: may sleep.
inline void fsleep(Nanoseconds length) KCXX_MAY_SLEEP
{
	// SAFETY: the caller may sleep.
	bindings::kcxx_fsleep(detail::microseconds_of(length));
}

/// Waits for `length`, and keeps the CPU busy meanwhile: for some microseconds. A constant of more
/// than 20 ms is refused at compile time. C: udelay(), and ndelay() below a microsecond
///
/// Context: any.
[[gnu::always_inline]] inline void udelay(Nanoseconds length)
{
	constexpr long long longest = 20'000'000;
	const long long nanoseconds = length.count();
	if (__builtin_constant_p(nanoseconds) != 0 && nanoseconds > longest)
		detail::busy_wait_is_too_long();
	// SAFETY, of all below: each delay is as short as C's callers have it.
	if (nanoseconds > 0 && nanoseconds < 1000) {
		bindings::kcxx_ndelay(static_cast<unsigned long>(nanoseconds));
		return;
	}
	unsigned long left = detail::microseconds_of(length);
	for (; left > 1000; left -= 1000)
		bindings::kcxx_udelay(1000);
	bindings::kcxx_udelay(left);
}

} // namespace kernel
