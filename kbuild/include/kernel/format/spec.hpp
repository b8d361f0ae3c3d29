// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The braces of a format: {argument:specification}. C API: none.

#pragma once

#include <kernel/format/problem.hpp>

namespace kernel::detail
{

/// In place of an argument's place: there is none, or it is the next one
inline constexpr int no_argument = -2;
inline constexpr int next_argument = -1;

/// One pair of braces, read
struct FormatSpec {
	FormatProblem problem = FormatProblem::none;
	int argument = next_argument; ///< its place
	char align = '\0';            ///< < or >
	char sign = '\0';             ///< + or a space
	bool alternate = false;
	bool zeros = false;
	int width = -1;
	int precision = -1;
	int width_from = no_argument;     ///< the place of the argument that is the width
	int precision_from = no_argument; ///< likewise
	char type = '\0';
	const char *letters = ""; ///< behind a p: which of the kernel's formats of pointers
	int letter_count = 0;
	const char *behind = nullptr; ///< the text behind the }

	[[nodiscard]] constexpr bool has_width() const
	{
		return width >= 0 || width_from != no_argument;
	}
	[[nodiscard]] constexpr bool has_precision() const
	{
		return precision >= 0 || precision_from != no_argument;
	}
};

constexpr bool is_digit(char character)
{
	return character >= '0' && character <= '9';
}

constexpr bool is_letter_or_digit(char character)
{
	return is_digit(character) || (character >= 'a' && character <= 'z') ||
	       (character >= 'A' && character <= 'Z');
}

/// Reads a number; 10000 stands for all that are larger
constexpr int read_number(const char *&at)
{
	int number = 0;
	for (; is_digit(*at); ++at)
		number = number >= 1000 ? 10000 : number * 10 + (*at - '0');
	return number;
}

constexpr bool is_align(char character)
{
	return character == '<' || character == '>' || character == '^';
}

/// Reads fill, alignment, sign, # and 0
constexpr void read_flags(const char *&at, FormatSpec &spec)
{
	if (*at != '\0' && is_align(at[1])) {
		if (*at != ' ')
			spec.problem = FormatProblem::filled;
		++at;
	}
	if (is_align(*at))
		spec.align = *at++;
	if (spec.align == '^')
		spec.problem = FormatProblem::centred;
	if (*at == '+' || *at == ' ')
		spec.sign = *at++;
	else if (*at == '-')
		++at;
	if (*at == '#') {
		spec.alternate = true;
		++at;
	}
	if (*at == '0') {
		spec.zeros = true;
		++at;
	}
}

/// Reads a width or a precision: a number, or {} for an argument
constexpr void read_size(const char *&at, int &number, int &from)
{
	if (is_digit(*at))
		number = read_number(at);
	if (*at != '{')
		return;
	const char *behind = at + 1;
	const int place = is_digit(*behind) ? read_number(behind) : next_argument;
	if (*behind != '}')
		return; // and the { is none of a specification
	from = place;
	at = behind + 1;
}

/// Reads width, precision and type
constexpr void read_sizes_and_type(const char *&at, FormatSpec &spec)
{
	read_size(at, spec.width, spec.width_from);
	if (*at == '.' && (is_digit(at[1]) || at[1] == '{'))
		read_size(++at, spec.precision, spec.precision_from);
	if (is_letter_or_digit(*at))
		spec.type = *at++;
	if (spec.type != 'p')
		return;
	spec.letters = at;
	while (is_letter_or_digit(*at))
		++at;
	spec.letter_count = static_cast<int>(at - spec.letters);
}

/// Reads what stands behind a {
constexpr FormatSpec read_spec(const char *at)
{
	FormatSpec spec;
	if (is_digit(*at))
		spec.argument = read_number(at);
	if (*at == ':') {
		++at;
		read_flags(at, spec);
		read_sizes_and_type(at, spec);
	}
	if (spec.problem == FormatProblem::none && *at != '}')
		spec.problem = FormatProblem::not_a_specification;
	spec.behind = at + 1;
	return spec;
}

} // namespace kernel::detail
