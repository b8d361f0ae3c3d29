// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// From a format with braces to one of the kernel's printf, while the compiler runs. C API: none.

#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <kernel/format/argument.hpp>
#include <kernel/format/problem.hpp>
#include <kernel/format/spec.hpp>
#include <kernel/format/style.hpp>

namespace kernel::detail
{

/// The longest text that the kernel's %.*s takes
inline constexpr int longest_string = 32767;

/// The most bytes that the kernel's %*ph takes
inline constexpr int longest_hex = 64;

/// The text for C, and where its arguments come from
template <std::size_t Capacity, std::size_t SlotCapacity>
struct Translation {
	FormatProblem problem = FormatProblem::none;
	std::size_t size = 0;
	std::size_t slot_count = 0;
	ArgumentSlot slots[SlotCapacity]{};
	char text[Capacity]{};

	constexpr void put(char character) { text[size++] = character; }
	constexpr void put(const char *characters)
	{
		while (*characters != '\0')
			put(*characters++);
	}
	constexpr void put(int number)
	{
		if (number >= 10)
			put(number / 10);
		put(static_cast<char>('0' + number % 10));
	}
	constexpr void take(int argument, ArgumentPart part, int limit = 0, int bound = -1)
	{
		slots[slot_count++] = {static_cast<unsigned char>(argument), part, limit, bound};
	}
};

/// Is one of `characters` it?
constexpr bool is_one_of(char character, const char *characters)
{
	for (; *characters != '\0'; ++characters)
		if (*characters == character)
			return true;
	return false;
}

/// True if the argument is printed as a number: its flags have a meaning then
constexpr bool is_printed_as_number(const FormatSpec &spec, ArgumentType type)
{
	using enum ArgumentKind;
	if (type.kind == number)
		return spec.type != 'c';
	return (type.kind == boolean || type.kind == character || type.kind == error) &&
	       is_one_of(spec.type, "dxXo");
}

/// True if the letters are those of the kernel's hexadecimal formats: h, hC, hD, hN
constexpr bool has_letters_of_bytes(const FormatSpec &spec)
{
	return spec.letter_count == 0 ||
	       (spec.letters[0] == 'h' &&
		(spec.letter_count == 1 ||
		 (spec.letter_count == 2 && is_one_of(spec.letters[1], "CDN"))));
}

/// The types that the argument can be printed as
constexpr const char *types_of(ArgumentKind kind)
{
	using enum ArgumentKind;
	switch (kind) {
	case boolean:
		return "sdxXo";
	case character:
	case number:
		return "cdxXo";
	case text:
		return "sp";
	case string:
		return "s";
	case bytes:
	case byte_array:
	case pointer:
		return "p";
	case error:
		return "d";
	default:
		return "";
	}
}

/// Why the argument cannot be printed so, as far as its type is the reason
constexpr FormatProblem problem_of_type(const FormatSpec &spec, ArgumentType type)
{
	using enum FormatProblem;
	if (type.kind == ArgumentKind::unknown)
		return unknown_argument;
	if (type.kind == ArgumentKind::scoped_enum)
		return scoped_enum;
	if (type.kind == ArgumentKind::floating)
		return floating;
	if (is_one_of(spec.type, "bB"))
		return binary;
	if (is_one_of(spec.type, "aAeEfFgG"))
		return floating_type;
	if (spec.type != '\0' && !is_one_of(spec.type, types_of(type.kind)))
		return type_of_another_argument;
	if (spec.type == 'c' && type.length[0] != '\0')
		return type_of_another_argument; // C has characters of an int
	if (type.kind == ArgumentKind::bytes && !has_letters_of_bytes(spec))
		return type_of_another_argument; // it would read beyond them
	return none;
}

/// Why the argument cannot be printed so, or none
constexpr FormatProblem problem_of(const FormatSpec &spec, ArgumentType type)
{
	using enum FormatProblem;
	if (spec.problem != none)
		return spec.problem;
	if (type.kind == ArgumentKind::failure)
		return none; // the specification is for the value
	if (const FormatProblem problem = problem_of_type(spec, type); problem != none)
		return problem;
	const bool as_number = is_printed_as_number(spec, type);
	const bool as_text = type.kind == ArgumentKind::text || type.kind == ArgumentKind::string;
	if (spec.has_precision() && (!as_text || spec.type == 'p'))
		return precision_of_no_text;
	if (spec.sign != '\0' && (!as_number || !type.is_signed || is_one_of(spec.type, "xXo")))
		return sign_of_no_signed_number;
	if (spec.alternate && (!as_number || !is_one_of(spec.type, "xXo")))
		return alternate_of_no_number;
	if (spec.zeros && !as_number)
		return zeros_of_no_number;
	if (spec.width > largest_extent || spec.precision > largest_extent)
		return width_too_large;
	if (spec.has_width() &&
	    (type.kind == ArgumentKind::bytes || type.kind == ArgumentKind::duration ||
	     (type.kind == ArgumentKind::byte_array && has_letters_of_bytes(spec))))
		return width_of_this_argument;
	return none;
}

/// Writes % and what stands before the letters of a conversion
constexpr void put_flags(auto &to, const FormatSpec &spec, bool as_number)
{
	to.put('%');
	// std::format() has numbers and pointers at the right, all else at the left
	if (spec.align == '<' || (spec.align == '\0' && !as_number && spec.type != 'p'))
		if (spec.has_width())
			to.put('-');
	if (spec.sign != '\0')
		to.put(spec.sign);
	if (spec.alternate)
		to.put('#');
	if (spec.zeros && spec.align == '\0')
		to.put('0');
	if (spec.width >= 0)
		to.put(spec.width);
	if (spec.width_from == no_argument)
		return;
	to.take(spec.width_from, ArgumentPart::extent);
	to.put('*');
}

/// Writes the letters of a pointer's format
constexpr void put_pointer(auto &to, const FormatSpec &spec)
{
	to.put('p');
	for (int i = 0; i < spec.letter_count; ++i)
		to.put(spec.letters[i]);
}

/// Writes the conversion of a number
constexpr void put_number(auto &to, const FormatSpec &spec, ArgumentType type)
{
	to.put(type.length);
	to.put(is_one_of(spec.type, "xXo") ? spec.type : type.is_signed ? 'd' : 'u');
}

/// Writes the conversion of bytes, which has their number for its width
constexpr void put_bytes(auto &to, const FormatSpec &spec)
{
	to.take(spec.argument, ArgumentPart::size, longest_hex);
	to.take(spec.argument, ArgumentPart::data);
	to.put('*');
	if (spec.letter_count == 0)
		to.put("ph");
	else
		put_pointer(to, spec);
}

/// Writes the conversion of a text: of C, or of a pointer and a length
constexpr void put_text(auto &to, const FormatSpec &spec, ArgumentKind kind)
{
	if (kind == ArgumentKind::string) {
		to.take(spec.argument, ArgumentPart::size,
			spec.precision >= 0 ? spec.precision : longest_string, spec.precision_from);
		to.take(spec.argument, ArgumentPart::data);
		return to.put(".*s");
	}
	if (spec.has_precision())
		to.put('.');
	if (spec.precision >= 0)
		to.put(spec.precision);
	if (spec.precision_from != no_argument) {
		to.take(spec.precision_from, ArgumentPart::extent);
		to.put('*');
	}
	to.take(spec.argument, ArgumentPart::text);
	to.put('s');
}

/// Writes the letters of a conversion, and takes what C gets for it
constexpr void put_letters(auto &to, const FormatSpec &spec, ArgumentType type)
{
	using enum ArgumentKind;
	const int from = spec.argument;
	switch (type.kind) {
	case boolean:
		to.take(from, ArgumentPart::truth);
		return to.put('s');
	case success:
		to.take(from, ArgumentPart::success);
		return to.put('s');
	case failure:
		to.take(from, ArgumentPart::failure);
		return to.put("pe");
	case error:
		to.take(from, ArgumentPart::error);
		return to.put("pe");
	case duration:
		to.take(from, ArgumentPart::count);
		put_number(to, {}, type);
		return to.put(type.unit);
	case text:
	case string:
		return put_text(to, spec, type.kind);
	case bytes:
		return put_bytes(to, spec);
	case pointer:
		to.take(from, ArgumentPart::pointer);
		return put_pointer(to, spec);
	default: // a character, or a number as one
		to.take(from, ArgumentPart::number);
		return to.put('c');
	}
}

/// Writes the conversion of one argument, and takes what C gets for it
constexpr void put_conversion(auto &to, FormatSpec spec, ArgumentType type)
{
	using enum ArgumentKind;
	if (type.kind == failure)
		spec = {.argument = spec.argument,
			.align = spec.align,
			.width = spec.width,
			.width_from = spec.width_from};
	if (type.kind == byte_array)
		type.kind = has_letters_of_bytes(spec) ? bytes : pointer;
	else if (type.kind == text && spec.type == 'p')
		type.kind = pointer;
	if (type.kind == pointer)
		spec.type = 'p';
	const bool as_number = is_printed_as_number(spec, type);
	put_flags(to, spec, as_number);
	if (!as_number)
		return put_letters(to, spec, type);
	to.take(spec.argument,
		type.kind == error ? ArgumentPart::error_number : ArgumentPart::number);
	if (type.kind != number)
		type = {.kind = type.kind, .is_signed = true}; // an int
	put_number(to, spec, type);
}

/// Finds the place of an argument: its number, or the next one
constexpr void find_argument(auto &to, int &argument, int count, int &next, bool *used)
{
	const bool numbered = argument >= 0;
	if (argument == no_argument || to.problem != FormatProblem::none)
		return;
	if (numbered ? next > 0 : next < 0)
		to.problem = FormatProblem::numbered_and_not;
	else if (!numbered)
		argument = next++;
	else
		next = -1;
	if (to.problem == FormatProblem::none && argument >= count)
		to.problem = FormatProblem::too_few_arguments;
	if (to.problem == FormatProblem::none)
		used[argument] = true;
}

/// True if the argument may be a width or a precision, or is none
constexpr bool is_extent(int argument, const ArgumentType *types)
{
	return argument == no_argument || types[argument].kind == ArgumentKind::number;
}

/// Reads one replacement field behind its {, writes its conversion, and returns what is behind it
constexpr const char *put_field(auto &to, const char *at, const ArgumentType *types, int count,
				int &next, bool *used)
{
	FormatSpec spec = read_spec(at);
	to.problem = spec.problem;
	find_argument(to, spec.argument, count, next, used);
	find_argument(to, spec.width_from, count, next, used);
	find_argument(to, spec.precision_from, count, next, used);
	if (to.problem != FormatProblem::none)
		return at;
	to.problem = problem_of(spec, types[spec.argument]);
	if (!is_extent(spec.width_from, types) || !is_extent(spec.precision_from, types))
		to.problem = FormatProblem::width_of_no_integer;
	if (to.problem == FormatProblem::none)
		put_conversion(to, spec, types[spec.argument]);
	return spec.behind;
}

/// Translates `format`; a translation with a problem has no slots
template <std::size_t Capacity, std::size_t SlotCapacity>
consteval auto translated(const char *format, const ArgumentType *types, int count)
{
	Translation<Capacity, SlotCapacity> to;
	bool used[SlotCapacity]{};
	int next = 0; // or -1, if the fields have numbers
	while (*format != '\0' && to.problem == FormatProblem::none) {
		const char character = *format++;
		if ((character == '{' || character == '}') && *format == character) {
			to.put(*format++);
		} else if (character == '{') {
			format = put_field(to, format, types, count, next, used);
		} else if (character == '}') {
			to.problem = FormatProblem::lone_brace;
		} else if (character == '%') {
			if (*format != '%')
				to.problem = FormatProblem::lone_percent;
			else
				to.put(*format++);
			to.put('%');
		} else {
			to.put(character);
		}
	}
	for (int i = 0; i < count; ++i)
		if (to.problem == FormatProblem::none && !used[i])
			to.problem = FormatProblem::unused_argument;
	if (to.problem != FormatProblem::none)
		to.slot_count = 0;
	return to;
}

/// Room for the translation of `format`, in steps, so that few types are made
consteval std::size_t translation_capacity(const char *format)
{
	std::size_t size = 1;
	for (; *format != '\0'; ++format)
		size += *format == '{' ? 20 : 1;
	return (size + 127) / 128 * 128;
}

consteval std::size_t slot_capacity(const char *format)
{
	std::size_t count = 1;
	for (; *format != '\0'; ++format)
		count += *format == '{' ? 2 : 0;
	return (count + 7) / 8 * 8;
}

/// The text that C gets
template <std::size_t Size>
struct FormatText {
	char characters[Size + 1]{};
};

/// The translation of a Literal for arguments of types T
template <typename Literal, typename... T>
struct Translated {
	struct Empty {
	};

	/// The text is the lambda's, which holds nothing and is not constructed otherwise
	static constexpr const char *format = __builtin_bit_cast(Literal, Empty{})();

	static constexpr ArgumentType types[] = {argument_type<T>()..., {}};

	static constexpr auto translation =
		translated<translation_capacity(format), slot_capacity(format) + sizeof...(T)>(
			format, types, sizeof...(T));

	static constexpr auto text = [] {
		FormatText<translation.size> text;
		for (std::size_t i = 0; i < translation.size; ++i)
			text.characters[i] = translation.text[i];
		return text;
	}();

	static_assert(std::conditional_t < translation.problem == FormatProblem::none,
		      FormatAccepted, FormatRefused < translation.problem, Literal >> ::answer);
};

// The arguments, found by their places

template <std::size_t I, typename T>
struct Argument {
	T value;
};

template <typename Places, typename... T>
struct Arguments;

template <std::size_t... I, typename... T>
struct Arguments<std::index_sequence<I...>, T...> : Argument<I, T>... {
};

template <std::size_t I, typename T>
[[gnu::always_inline]] constexpr const auto &argument_at(const Argument<I, T> &argument)
{
	return argument.value;
}

template <typename Literal, typename Call, typename... T>
[[gnu::always_inline]] inline decltype(auto)
call_formatted(Braces<Literal> format, const Call &call, const T &...arguments);

/// The place of the first Result, or the number of arguments
template <typename... T>
consteval std::size_t place_of_result()
{
	std::size_t place = 0;
	(void)((IsResult<T> || (++place, false)) || ...);
	return place;
}

/// The value of a Slot for C
template <ArgumentSlot Slot>
[[gnu::always_inline]] constexpr auto value_of_slot(const auto &all)
{
	if constexpr (Slot.bound < 0) {
		return value_for_c<Slot>(argument_at<Slot.argument>(all));
	} else {
		constexpr ArgumentSlot extent{.part = ArgumentPart::extent};
		const int bound = value_for_c<extent>(argument_at<Slot.bound>(all));
		const int size = value_for_c<Slot>(argument_at<Slot.argument>(all));
		return size < bound ? size : bound;
	}
}

/// The argument, or what stands in its place
template <bool Other>
[[gnu::always_inline]] constexpr const auto &this_or_other(const auto &argument, const auto &other)
{
	if constexpr (Other)
		return other;
	else
		return argument;
}

/// Calls `call` with the value or the error of the Result at `Place`
template <std::size_t Place, typename Literal, typename Call, std::size_t... I, typename... T>
[[gnu::always_inline]] inline decltype(auto)
call_with_result(Braces<Literal> format, const Call &call, std::index_sequence<I...> /*places*/,
		 const T &...arguments)
{
	const Arguments<std::index_sequence<I...>, const T &...> all{{arguments}...};
	const auto &result = argument_at<Place>(all);
	const auto call_with = [&](const auto &other)
				       __attribute__((always_inline)) -> decltype(auto) {
		return call_formatted(format, call,
				      this_or_other < I == Place > (argument_at<I>(all), other)...);
	};
	if (!result.has_value())
		return call_with(Failure{result.error()});
	if constexpr (std::is_void_v<decltype(*result)>)
		return call_with(Success{});
	else
		return call_with(*result);
}

/// Calls `call` with the text for C and the arguments for C
template <typename Literal, typename Call, typename... T>
[[gnu::always_inline]] inline decltype(auto) call_formatted(Braces<Literal> format,
							    const Call &call, const T &...arguments)
{
	constexpr std::size_t result = place_of_result<T...>();
	using Places = std::index_sequence_for<T...>;
	if constexpr (result < sizeof...(T)) {
		return call_with_result<result>(format, call, Places{}, arguments...);
	} else {
		using For =
			Translated<Literal, std::remove_cvref_t<decltype(unwrapped(arguments))>...>;
		[[maybe_unused]] const Arguments<Places, decltype(unwrapped(arguments))...> all{
			{unwrapped(arguments)}...};
		return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((
			       always_inline)) -> decltype(auto) {
			return call(&For::text.characters[0],
				    value_of_slot<For::translation.slots[I]>(all)...);
		}(std::make_index_sequence<For::translation.slot_count>{});
	}
}

} // namespace kernel::detail

/// A `call` for call_formatted(), which names the text for C and the arguments for C
// NOLINTBEGIN(bugprone-macro-parentheses): names of parameters
#define KCXX_FORMATTED_CALL(text, values, call)                                                    \
	[&](const char *text, auto... values)                                                      \
		__attribute__((always_inline)) -> decltype(auto) { return call; }
// NOLINTEND(bugprone-macro-parentheses)
