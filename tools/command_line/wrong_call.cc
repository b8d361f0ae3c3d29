// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/wrong_call.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <numeric>
#include <utility>

namespace kcxx::command_line
{

namespace
{

// Returns the Levenshtein distance: the number of letters to insert, remove or replace.
size_t distance(std::string_view from, std::string_view to)
{
	std::vector<size_t> row(to.size() + 1);
	std::iota(row.begin(), row.end(), 0);
	for (size_t i = 0; i < from.size(); ++i) {
		size_t diagonal = std::exchange(row[0], i + 1);
		for (size_t j = 0; j < to.size(); ++j) {
			const size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
			diagonal = row[j + 1];
			row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
		}
	}
	return row.back();
}

std::vector<std::string> names_of(const std::vector<Command> &commands)
{
	std::vector<std::string> names;
	for (const auto &command : commands)
		names.push_back(command.name);
	return names;
}

std::vector<std::string> spellings_of(const Command &command)
{
	std::vector<std::string> spellings = {"--help"};
	for (const auto &option : command.options)
		if (!option.is_argument())
			std::ranges::move(option.spellings(), std::back_inserter(spellings));
	return spellings;
}

std::string listed(const std::vector<std::string> &words)
{
	std::string text;
	for (const auto &word : words)
		text += (text.empty() ? "" : ", ") + word;
	return text;
}

std::string help_of(const Called &called)
{
	return called.words + " --help";
}

Error unknown(const Called &called, const std::string &word, std::string_view what,
	      const std::vector<std::string> &known)
{
	const auto meant = closest(word, known);
	return {.status = ExitStatus::usage,
		.what = fmt::format("{} has no {} {}", called.words, what, word),
		.found = word,
		.needed = "one of: " + listed(known),
		.fix = meant.empty() ? help_of(called) : called.words + " " + meant};
}

bool is_empty(const Target &target)
{
	return std::visit(
		[]<typename T>(const T *value) {
			if constexpr (requires { value->empty(); })
				return value->empty();
			else
				return false;
		},
		target);
}

const Option *first_missing(const Command &command)
{
	const auto found = std::ranges::find_if(command.options, [](const Option &option) {
		return option.required && is_empty(option.target);
	});
	return found == command.options.end() ? nullptr : &*found;
}

// The parser's messages begin with the option: "--timeout: Value 0 not in range"
const Option *option_at_start_of(const Command &command, std::string_view message)
{
	const auto word = message.substr(0, message.find_first_of(": "));
	const auto found = std::ranges::find_if(command.options, [&](const Option &option) {
		const auto spellings = option.spellings();
		return std::ranges::find(spellings, word) != spellings.end();
	});
	return found == command.options.end() ? nullptr : &*found;
}

// Returns the problem in the parser's @message, without the name of the option.
std::string found_in(std::string_view message)
{
	if (message.ends_with(" missing"))
		return "no value";
	const auto colon = message.find(": ");
	return std::string(colon == std::string_view::npos ? message : message.substr(colon + 2));
}

std::string description_of(const Option &option)
{
	std::string text = fmt::format("{}: {}", option.placeholder(), option.help);
	if (option.range)
		text += fmt::format("; {} to {}", option.range->least, option.range->most);
	return text;
}

} // namespace

std::string closest(std::string_view word, const std::vector<std::string> &known)
{
	std::string best;
	size_t least = std::max<size_t>(2, word.size() / 3) + 1;
	for (const auto &candidate : known) {
		const size_t found = candidate.starts_with(word) ? 0 : distance(word, candidate);
		if (found < least) {
			least = found;
			best = candidate;
		}
	}
	return best;
}

Error unexpected_word(const Called &called, const std::string &word)
{
	if (word.starts_with('-'))
		return unknown(called, word.substr(0, word.find('=')), "option",
			       spellings_of(*called.command));
	if (!called.command->subcommands.empty())
		return unknown(called, word, "command", names_of(called.command->subcommands));
	return {.status = ExitStatus::usage,
		.what = fmt::format("{} takes no further argument", called.words),
		.found = word,
		.needed = "the arguments that its help lists, and no others",
		.fix = help_of(called)};
}

Error missing_command(const Called &called)
{
	return {.status = ExitStatus::usage,
		.what = "a command is missing",
		.found = called.words + " alone",
		.needed = "one of: " + listed(names_of(called.command->subcommands)),
		.fix = help_of(called)};
}

Error wrong_value(const Called &called, std::string reason)
{
	Error error = {.status = ExitStatus::usage,
		       .what = std::move(reason),
		       .found = "a wrong call of " + called.words,
		       .needed = "a call as its help shows",
		       .fix = help_of(called)};
	const Option *wrong = option_at_start_of(*called.command, error.what);
	if (wrong != nullptr && !error.what.ends_with(" is required")) {
		error.found = found_in(error.what);
		error.what = fmt::format("{} cannot use its {}", called.words, wrong->names);
		error.needed = description_of(*wrong);
	} else if (const Option *missing = first_missing(*called.command)) {
		error.what = fmt::format("{} lacks its {}", called.words, missing->names);
		error.found = "no " + missing->placeholder();
		error.needed = description_of(*missing);
	}
	return error;
}

} // namespace kcxx::command_line
