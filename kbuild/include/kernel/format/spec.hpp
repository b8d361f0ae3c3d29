// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The braces of a format: {argument:specification}. C API: none.

#pragma once

#include <kernel/format/problem.hpp>

namespace kernel::detail
{

/// One pair of braces, read
struct FormatSpec {
	FormatProblem problem = FormatProblem::none;
	int argument = -1; ///< its place, or -1 for the next one
	char align = '\0'; ///< < or >
	char sign = '\0';  ///< + or a space
	bool alternate = false;
	bool zeros = false;
	int width = -1;
	int precision = -1;
	char type = '\0';
	const char *letters = ""; ///< behind a p: which of the kernel's formats of pointers
	int letter_count = 0;
	const char *behind = nullptr; ///< the text behind the }
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

/// Reads width, precision and type
constexpr void read_sizes_and_type(const char *&at, FormatSpec &spec)
{
	if (is_digit(*at))
		spec.width = read_number(at);
	if (*at == '.' && is_digit(at[1]))
		spec.precision = read_number(++at);
	if (*at == '{' || (*at == '.' && at[1] == '{')) {
		spec.problem = FormatProblem::width_of_an_argument;
		return;
	}
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
