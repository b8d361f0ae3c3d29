// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Errors of wrong calls: each names the word, and the command or option that the user probably
// meant.
#pragma once

#include "command_line/command.hpp"
#include "system/error.hpp"

#include <string>
#include <string_view>

namespace kcxx::command_line
{

/** A command of the command line, and the words that called it: "kcxx kernels get". */
struct Called {
	const Command *command = nullptr;
	std::string words;
};

/** Returns the Error if @word is no command, option or argument of @called. */
Error unexpected_word(const Called &called, const std::string &word);

/** Returns the Error if @called requires a subcommand. */
Error missing_command(const Called &called);

/** Returns the Error if an option lacks its value, has a wrong one, or is missing; the parser gives
 * @reason. */
Error wrong_value(const Called &called, std::string reason);

/** Returns the word of @known that differs from @word in the fewest letters; empty if none is
 * close. */
std::string closest(std::string_view word, const std::vector<std::string> &known);

} // namespace kcxx::command_line
