// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Why a format with braces is refused. C API: none.

#pragma once

namespace kernel::detail
{

/// Why a format is refused
enum class FormatProblem : unsigned char {
	none,
	lone_brace,
	lone_percent,
	too_few_arguments,
	unused_argument,
	numbered_and_not,
	not_a_specification,
	width_of_no_integer,
	width_too_large,
	centred,
	filled,
	precision_of_no_text,
	binary,
	floating_type,
	type_of_another_argument,
	sign_of_no_signed_number,
	alternate_of_no_number,
	zeros_of_no_number,
	width_of_this_argument,
	unknown_argument,
	scoped_enum,
	floating,
};

struct FormatAccepted {
	static constexpr bool answer = true;
};

/// The sentence that the compiler prints for a format, which is of the Literal
template <FormatProblem Of, typename Literal>
struct FormatRefused {
	using Problem = FormatProblem;

	static constexpr bool answer = true;

	static_assert(Of != Problem::lone_brace,
		      "kcxx-E1328: a format has a { or a } alone: {{ and }} print one");
	static_assert(Of != Problem::lone_percent, "kcxx-E1329: a format with braces has no %d: {} "
						   "prints a value, and %% a percent sign");
	static_assert(Of != Problem::too_few_arguments,
		      "kcxx-E1330: a format has more {} than there are arguments behind it");
	static_assert(Of != Problem::unused_argument,
		      "kcxx-E1331: a format has fewer {} than there are arguments behind it");
	static_assert(Of != Problem::numbered_and_not,
		      "kcxx-E1332: a format numbers each of its {}, or none: {0} {1}, or {} {}");
	static_assert(Of != Problem::not_a_specification,
		      "kcxx-E1333: what stands in {:} is [<>][+ ][#][0][width][.precision][type]");
	static_assert(
		Of != Problem::width_of_no_integer,
		"kcxx-E1334: a width or precision by {:{}} is an argument that is an integer");
	static_assert(Of != Problem::width_too_large,
		      "kcxx-E1335: a width or precision in a format is at most 9999");
	static_assert(Of != Problem::centred,
		      "kcxx-E1336: the kernel's printf does not centre: write < or >, not ^");
	static_assert(Of != Problem::filled,
		      "kcxx-E1337: the kernel's printf fills with spaces alone, or with zeros: "
		      "write {:08}");
	static_assert(Of != Problem::precision_of_no_text,
		      "kcxx-E1338: a precision is for texts alone: {:.8}");
	static_assert(Of != Problem::binary,
		      "kcxx-E1339: the kernel's printf has no binary numbers: write {:#x}");
	static_assert(
		Of != Problem::floating_type && Of != Problem::floating,
		"kcxx-E1340: floating point does not exist in the kernel: print integers, scaled");
	static_assert(Of != Problem::type_of_another_argument,
		      "kcxx-E1341: the type in a format's {:} is not one of this argument: d, x, "
		      "X, o and c "
		      "are for numbers, s for texts, p for pointers, ph for bytes");
	static_assert(Of != Problem::sign_of_no_signed_number,
		      "kcxx-E1342: a sign, {:+}, is for signed numbers in decimal alone");
	static_assert(Of != Problem::alternate_of_no_number,
		      "kcxx-E1343: {:#} is for numbers by x, X or o alone");
	static_assert(Of != Problem::zeros_of_no_number,
		      "kcxx-E1344: zeros, {:08}, are for numbers alone");
	static_assert(Of != Problem::width_of_this_argument,
		      "kcxx-E1345: bytes and durations are printed without a width");
	static_assert(
		Of != Problem::unknown_argument,
		"kcxx-E1346: an argument of a format is of a class that has no format_as(): write "
		"auto format_as(const T &) beside the class, which returns a number, a "
		"std::string_view or another type that formats know");
	static_assert(Of != Problem::scoped_enum,
		      "kcxx-E1347: an argument of a format is of a scoped enum that has no "
		      "format_as(): write "
		      "auto format_as(T) beside the enum, which returns a std::string_view or "
		      "std::to_underlying()");
};

} // namespace kernel::detail
