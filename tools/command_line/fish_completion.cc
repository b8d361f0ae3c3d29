// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/completion.hpp"

#include <fmt/core.h>

namespace kcxx::command_line
{

namespace
{

// Within fish's '…', a backslash escapes the quote and itself.
std::string fish_quoted(const std::string &text)
{
	std::string word = "'";
	for (const char letter : text) {
		if (letter == '\'' || letter == '\\')
			word += '\\';
		word += letter;
	}
	return word + "'";
}

// The arguments of complete for the values of @option
std::string fish_values_of(const Option &option)
{
	std::string words;
	for (const auto &choice : option.choices)
		words += (words.empty() ? "" : " ") + choice;
	if (!words.empty())
		return "-x -a " + fish_quoted(words);
	switch (option.kind) {
	case Kind::text:
		return "-x";
	case Kind::kernel:
		return fmt::format("-r -F -a {}", fish_quoted(fmt::format("({})", print_kernels)));
	case Kind::directory:
	case Kind::existing_directory:
		return "-x -a '(__fish_complete_directories)'";
	case Kind::file:
	case Kind::existing_file:
	case Kind::existing_path:
		break;
	}
	return "-r -F";
}

std::string option_lines(const Option &option, const std::string &start)
{
	if (option.is_argument())
		return option.kind == Kind::text && option.choices.empty()
			       ? ""
			       : fmt::format("{} {}\n", start, fish_values_of(option));
	std::string text = start;
	for (const auto &spelling : option.spellings())
		text += spelling.starts_with("--") ? " -l " + spelling.substr(2)
						   : " -s " + spelling.substr(1);
	if (!option.is_flag())
		text += " " + fish_values_of(option);
	return text + " -d " + fish_quoted(option.help) + "\n";
}

std::string lines(const Command &command, const std::string &condition)
{
	std::string none_below = condition;
	if (!command.subcommands.empty()) {
		none_below += std::string(none_below.empty() ? "" : "; and ") +
			      "not __fish_seen_subcommand_from";
		for (const auto &subcommand : command.subcommands)
			none_below += " " + subcommand.name;
	}
	const std::string start = fmt::format("complete -c kcxx -n {}", fish_quoted(none_below));
	std::string text = start + " -s h -l help -d 'Print a help text'\n";
	for (const auto &option : command.options)
		text += option_lines(option, start);
	for (const auto &subcommand : command.subcommands) {
		text += fmt::format("{} -a {} -d {}\n", start, subcommand.name,
				    fish_quoted(subcommand.summary));
		text += lines(subcommand,
			      std::string(condition.empty() ? "" : condition + "; and ") +
				      "__fish_seen_subcommand_from " + subcommand.name);
	}
	return text;
}

} // namespace

std::string fish_completion(const Command &program)
{
	return fmt::format("# Made by {0} completion fish\ncomplete -c {0} -f\n", program.name) +
	       lines(program, "");
}

} // namespace kcxx::command_line
