// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Numbers of two decimal digits in one byte, as clocks have them. C API: <linux/bcd.h>.

#pragma once

#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/integers.hpp>

namespace kernel
{

namespace detail
{

/// Called with a constant that is too large; nothing defines it
[[gnu::error("kcxx-E1557: a byte has two decimal digits: a number up to 99")]] void
number_has_more_than_two_digits() KCXX_EFFECT_(nonblocking);

} // namespace detail

/// True if both digits of the byte are decimal: a clock that lost its power may have others.
[[nodiscard]] constexpr bool is_bcd(u8 digits) noexcept
{
	return (digits & 0x0f) < 10 && digits >> 4 < 10;
}

/// The number of the two digits: 0x59 is 59. C: bcd2bin()
[[nodiscard]] constexpr u8 from_bcd(u8 digits) noexcept
{
	return static_cast<u8>((digits & 0x0f) + (digits >> 4) * 10);
}

/// The two digits of a number up to 99: 59 is 0x59. A larger constant is refused at compile time;
/// of another number the digits make no sense. C: bin2bcd()
[[nodiscard]] constexpr u8 to_bcd(unsigned int number) noexcept
{
	if (__builtin_constant_p(number) && number > 99)
		detail::number_has_more_than_two_digits();
	return static_cast<u8>((number / 10 << 4) + number % 10);
}

} // namespace kernel
