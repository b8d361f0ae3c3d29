// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Numbers in texts, as user space writes them. C API: <linux/kstrtox.h>.

#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <utility>

#include <generated/bindings/kstrtox.hpp>
#include <kernel/error.hpp>
#include <kernel/types/algobase.hpp>

namespace kernel
{

/// The number that `text` is: digits, for signed types behind a sign, and at most one newline
/// behind them. In base 0, "0x" stands before a hexadecimal number, and "0" before an octal one.
///
///     const auto speed = KTRY(parse_number<u32>(text));
///
/// Errors: EINVAL if the text is no number; ERANGE if T cannot hold it. Context: any.
template <std::integral T>
	requires(!std::same_as<T, bool>)
[[nodiscard]] inline Result<T> parse_number(std::string_view text, unsigned int base = 0)
{
	std::array<char, 72> digits{}; // of 64 bits in base 2, with a sign; the last one is a zero
	if (text.size() >= digits.size())
		return EINVAL;
	std::copy(text.begin(), text.end(), digits.begin());
	if (text.find('\0') != std::string_view::npos)
		return EINVAL;
	if constexpr (std::signed_integral<T>) {
		long long number = 0;
		// SAFETY: a zero ends the digits.
		KTRY(to_result(bindings::kstrtoll(digits.data(), base, &number)));
		if (!std::in_range<T>(number))
			return ERANGE;
		return {std::in_place, static_cast<T>(number)};
	} else {
		unsigned long long number = 0;
		// SAFETY: a zero ends the digits.
		KTRY(to_result(bindings::kstrtoull(digits.data(), base, &number)));
		if (!std::in_range<T>(number))
			return ERANGE;
		return static_cast<T>(number);
	}
}

} // namespace kernel
