// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The arguments of formats with braces, as the kernel's printf takes them. C API: none.

#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace kernel
{

class Error;
class Nanoseconds;

namespace detail
{

/// The kind of an argument
enum class ArgumentKind : unsigned char {
	unknown,
	scoped_enum,
	floating,
	boolean,
	character,
	number,
	text,       ///< of C, which ends in a NUL
	string,     ///< a pointer and a length
	bytes,      ///< of a class that has size() and data()
	byte_array, ///< of C, whose address may be meant
	pointer,
	error,
	success, ///< of a Result<void>
	failure, ///< of a Result, printed in place of its value
	duration,
};

/// The type of an argument
struct ArgumentType {
	ArgumentKind kind = ArgumentKind::unknown;
	bool is_signed = false;  ///< of a number
	const char *length = ""; ///< the modifier that C's printf wants of a number
	const char *unit = "";   ///< of a duration
};

/// True if a format_as() is found for it
template <typename T>
concept HasFormatAs = requires(const T &value) { format_as(value); };

/// The value of format_as(), or the argument itself
template <typename T>
[[gnu::always_inline]] constexpr decltype(auto) unwrapped(const T &value)
{
	if constexpr (HasFormatAs<T>)
		return format_as(value);
	else
		return (value);
}

/// A Result
template <typename T>
concept IsResult = requires(const T &result) {
	{ result.has_value() } -> std::same_as<bool>;
	requires std::same_as<std::remove_cvref_t<decltype(result.error())>, Error>;
};

/// Stands in place of a Result<void> without an error
struct Success {
};

/// Stands in place of a Result with an error
template <typename T>
struct Failure {
	T error;
};

template <typename T>
inline constexpr bool is_failure = false;
template <typename T>
inline constexpr bool is_failure<Failure<T>> = true;

template <typename T>
concept IsDuration = requires(const T &value) {
	typename T::rep;
	T::period::num;
	T::period::den;
	value.count();
};

/// True for elements of memory that stand one behind the other
template <typename T>
concept IsContiguous = requires(const T &value) {
	{ value.size() } -> std::convertible_to<std::size_t>;
	{ value.data() } -> std::convertible_to<const void *>;
	*value.data();
};

template <typename T>
using ElementOf = std::remove_cvref_t<decltype(*std::declval<const T &>().data())>;

template <typename T>
concept IsText = (IsContiguous<T> && std::same_as<ElementOf<T>, char>) ||
		 (!IsContiguous<T> && std::convertible_to<const T &, std::string_view>);

template <typename T>
concept IsBytes = IsContiguous<T> && (std::same_as<ElementOf<T>, std::byte> ||
				      std::same_as<ElementOf<T>, unsigned char>);

template <typename T>
concept IsByteArray =
	std::is_bounded_array_v<T> && (std::same_as<std::remove_extent_t<T>, unsigned char> ||
				       std::same_as<std::remove_extent_t<T>, std::byte>);

/// True for integers, and for the enums that C has
template <typename T>
concept IsNumber =
	std::is_convertible_v<T, long long> && (std::integral<T> || std::is_enum_v<T>) &&
	sizeof(T) <= sizeof(long long) && !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
	!std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

/// The unit of a duration as std::format() prints it, or null
template <long Numerator, long Denominator>
consteval const char *unit_of()
{
	constexpr long million = 1000000;
	if constexpr (Numerator == 1)
		return Denominator == 1                ? "s"
		       : Denominator == 1000           ? "ms"
		       : Denominator == million        ? "us"
		       : Denominator == 1000 * million ? "ns"
						       : nullptr;
	return Denominator != 1     ? nullptr
	       : Numerator == 60    ? "min"
	       : Numerator == 3600  ? "h"
	       : Numerator == 86400 ? "d"
				    : nullptr;
}

/// A number of the type that C promotes a T to
template <typename T>
consteval ArgumentType number_type(ArgumentKind kind, const char *unit = "")
{
	using Promoted = decltype(+std::declval<T>());
	return {.kind = kind,
		.is_signed = std::is_signed_v<Promoted>,
		.length = sizeof(Promoted) <= sizeof(int)                      ? ""
			  : std::is_same_v<std::make_signed_t<Promoted>, long> ? "l"
									       : "ll",
		.unit = unit};
}

/// The type of an argument; a T is neither a reference nor const
template <typename T>
consteval ArgumentType argument_type()
{
	using enum ArgumentKind;
	using Decayed = std::decay_t<T>;
	if constexpr (std::same_as<T, bool>) {
		return {.kind = boolean};
	} else if constexpr (std::same_as<T, char>) {
		return {.kind = character};
	} else if constexpr (std::same_as<T, std::byte>) {
		return number_type<unsigned char>(number);
	} else if constexpr (IsNumber<T>) {
		return number_type<T>(number);
	} else if constexpr (std::is_enum_v<T>) {
		return {.kind = scoped_enum};
	} else if constexpr (std::is_floating_point_v<T>) {
		return {.kind = floating};
	} else if constexpr (std::same_as<Decayed, char *> || std::same_as<Decayed, const char *>) {
		return {.kind = text};
	} else if constexpr (IsByteArray<T>) {
		return {.kind = byte_array};
	} else if constexpr (std::is_pointer_v<Decayed> || std::is_null_pointer_v<T>) {
		return {.kind = pointer};
	} else if constexpr (std::same_as<T, Error>) {
		return {.kind = error};
	} else if constexpr (std::same_as<T, Success>) {
		return {.kind = success};
	} else if constexpr (is_failure<T>) {
		return {.kind = failure};
	} else if constexpr (IsText<T>) {
		return {.kind = string};
	} else if constexpr (IsBytes<T>) {
		return {.kind = bytes};
	} else if constexpr (IsDuration<T>) {
		constexpr const char *unit = unit_of<T::period::num, T::period::den>();
		if constexpr (unit != nullptr && std::integral<typename T::rep>)
			return number_type<typename T::rep>(duration, unit);
		else
			return {};
	} else if constexpr (std::same_as<T, Nanoseconds>) {
		return number_type<long long>(duration, "ns");
	} else {
		return {};
	}
}

/// The part of an argument that C gets
enum class ArgumentPart : unsigned char {
	truth, ///< "true" or "false"
	number,
	text,
	size, ///< of a string or of bytes
	data,
	pointer,
	error, ///< in a pointer
	error_number,
	success, ///< "ok"
	failure, ///< its error, in a pointer
	count,   ///< of a duration
	extent,  ///< a width or a precision
};

/// One argument for C
struct ArgumentSlot {
	unsigned char argument = 0; ///< its place among the arguments for C++
	ArgumentPart part = ArgumentPart::number;
	int limit = 0;  ///< of a size
	int bound = -1; ///< the place of the argument that limits a size, or -1
};

/// The largest width and precision
inline constexpr int largest_extent = 9999;

/// The size of an array, a range or a text: at most `limit`
template <typename T>
[[gnu::always_inline]] constexpr int size_for_c(const T &value, int limit)
{
	if constexpr (std::is_array_v<T>) {
		return std::cmp_less(std::extent_v<T>, limit) ? static_cast<int>(std::extent_v<T>)
							      : limit;
	} else if constexpr (!IsContiguous<T>) {
		return size_for_c(std::string_view{value}, limit);
	} else {
		const std::size_t size = value.size();
		return std::cmp_less(size, limit) ? static_cast<int>(size) : limit;
	}
}

/// Where the elements of an array, a range or a text begin
template <typename T>
[[gnu::always_inline]] constexpr auto data_for_c(const T &value)
{
	if constexpr (std::is_array_v<T>)
		return &value[0];
	else if constexpr (!IsContiguous<T>)
		return std::string_view{value}.data();
	else
		return value.data();
}

/// The value for C
template <ArgumentSlot Slot, typename T>
[[gnu::always_inline]] constexpr auto value_for_c(const T &value)
{
	using enum ArgumentPart;
	if constexpr (Slot.part == truth) {
		return value ? "true" : "false";
	} else if constexpr (Slot.part == number && std::same_as<T, std::byte>) {
		return static_cast<unsigned int>(value);
	} else if constexpr (Slot.part == number) {
		return +value;
	} else if constexpr (Slot.part == extent && std::same_as<T, std::byte>) {
		return static_cast<int>(value);
	} else if constexpr (Slot.part == extent) {
		return std::cmp_less(+value, 0)                ? 0
		       : std::cmp_less(+value, largest_extent) ? static_cast<int>(value)
							       : largest_extent;
	} else if constexpr (Slot.part == text) {
		return static_cast<const char *>(value);
	} else if constexpr (Slot.part == size) {
		return size_for_c(value, Slot.limit);
	} else if constexpr (Slot.part == data) {
		return data_for_c(value);
	} else if constexpr (Slot.part == pointer && std::is_null_pointer_v<T>) {
		return static_cast<const void *>(nullptr);
	} else if constexpr (Slot.part == pointer) {
		return std::bit_cast<const void *>(+value);
	} else if constexpr (Slot.part == error) {
		return value.template to_pointer<void>();
	} else if constexpr (Slot.part == error_number) {
		return value.to_errno();
	} else if constexpr (Slot.part == success) {
		return "ok";
	} else if constexpr (Slot.part == failure) {
		return value.error.template to_pointer<void>();
	} else {
		return +value.count();
	}
}

} // namespace detail

} // namespace kernel
