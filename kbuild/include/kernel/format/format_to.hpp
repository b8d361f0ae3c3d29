// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Formatted text in memory that the caller has. C API: snprintf() of <linux/sprintf.h>.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <generated/bindings/format/format_to.hpp>
#include <kernel/error.hpp>
#include <kernel/format/translation.hpp>

namespace kernel
{

/// Writes the text and a NUL to `buffer`, and returns the text. Context: any.
///
///     char name[16];
///     std::string_view text = KTRY(format_to(name, KFORMAT("pump{}"), number));
///
/// Errors: E2BIG if the text does not fit; the buffer then holds its beginning and a NUL.
template <typename Literal, typename... T>
[[nodiscard, gnu::always_inline]] inline Result<std::string_view>
format_to(std::span<char> buffer, detail::Braces<Literal> format, const T &...arguments)
{
	// SAFETY: the text is translated for the types of the arguments, and snprintf() writes no
	// more than the buffer holds.
	const int length = detail::call_formatted(
		format,
		KCXX_FORMATTED_CALL(
			text, values,
			bindings::snprintf(buffer.data(), buffer.size(), text, values...)),
		arguments...);
	if (static_cast<std::size_t>(length) >= buffer.size()) [[unlikely]]
		return E2BIG;
	return std::string_view{buffer.data(), static_cast<std::size_t>(length)};
}

} // namespace kernel
