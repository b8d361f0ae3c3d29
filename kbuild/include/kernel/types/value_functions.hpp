// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Member functions that get and set a value which users read and write as a text. C API: none.

#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>

#include <generated/bindings/types/value_functions.hpp>
#include <kernel/error.hpp>
#include <kernel/kstrtox.hpp>

namespace kernel::detail
{

/// The class of a const member function that returns a value
template <typename>
struct Getter;
template <typename T, typename Value>
struct Getter<Value (T::*)() const> {
	using Owner = T;
};
template <typename T, typename Value>
struct Getter<Value (T::*)() const noexcept> : Getter<Value (T::*)() const> {
};

/// The class of a member function that takes a value, and the value's type
template <typename>
struct Setter;
template <typename T, typename Value>
struct Setter<Result<> (T::*)(Value)> {
	using Owner = T;
	using Type = std::remove_cvref_t<Value>;
};
template <typename T, typename Value>
struct Setter<Result<> (T::*)(Value) const> : Setter<Result<> (T::*)(Value)> {
};

/// The value that user space wrote, without the newline at its end. A zero is behind
/// the text. Errors: EINVAL if it is no such value; ERANGE if it is too large a number.
template <typename Value>
[[nodiscard]] Result<Value> parse_value(std::string_view text)
{
	if constexpr (std::same_as<Value, bool>) {
		bool value = false;
		// SAFETY: the caller's text ends with a zero.
		// NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): see above
		KTRY(to_result(bindings::kstrtobool(text.data(), &value)));
		return value;
	} else if constexpr (std::integral<Value>) {
		return parse_number<Value>(text);
	} else {
		if (text.ends_with('\n'))
			text.remove_suffix(1);
		return Value{text};
	}
}

} // namespace kernel::detail
