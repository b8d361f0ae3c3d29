// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Errors of wrong calls: each names the word, and the command or option that was probably meant.
#pragma once

#include "command_line/command.hpp"
#include "system/error.hpp"

#include <string>
#include <string_view>

namespace kcxx::command_line
{

/** A command of the command line, and how it was called: "kcxx kernels get". */
struct Called {
	const Command *command = nullptr;
	std::string words;
};

/** @word is no command, option or argument of @called. */
Error unexpected_word(const Called &called, const std::string &word);

/** @called does nothing by itself. */
Error missing_command(const Called &called);

/** An option lacks its value, has a wrong one, or is missing; @reason is the parser's. */
Error wrong_value(const Called &called, std::string reason);

/** The one of @known that differs from @word in the fewest letters; empty if none is close. */
std::string closest(std::string_view word, const std::vector<std::string> &known);

} // namespace kcxx::command_line
