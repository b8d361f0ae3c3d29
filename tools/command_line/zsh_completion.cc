// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/completion.hpp"

#include "system/shell_word.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace kcxx::command_line
{

namespace
{

// A colon or bracket ends a part of a specification of _arguments.
std::string specified(const std::string &text)
{
	std::string part;
	for (const char letter : text) {
		if (std::string_view(":[]\\").contains(letter))
			part += '\\';
		part += letter;
	}
	return part;
}

std::string function_of(const std::string &words)
{
	std::string name = "_" + words;
	std::ranges::replace(name, ' ', '_');
	return name;
}

// Returns the action by which _arguments completes the values of @option.
std::string zsh_values_of(const Option &option)
{
	if (!option.choices.empty()) {
		std::string words;
		for (const auto &choice : option.choices)
			words += (words.empty() ? "" : " ") + choice;
		return "(" + words + ")";
	}
	switch (option.kind) {
	case Kind::text:
		return "()"; // a message here would prevent the completion of options
	case Kind::kernel:
		return "_kcxx_kernels_here";
	case Kind::directory:
	case Kind::existing_directory:
		return "_files -/";
	case Kind::file:
	case Kind::existing_file:
	case Kind::existing_path:
		break;
	}
	return "_files";
}

std::string specifications(const Option &option)
{
	const auto value =
		fmt::format(":{}:{}", specified(option.placeholder()), zsh_values_of(option));
	if (option.is_argument())
		return " \\\n\t\t" +
		       shell_word((option.is_list() ? "*" : (option.required ? "" : ":")) + value);
	std::string text;
	for (const auto &spelling : option.spellings())
		text += " \\\n\t\t" +
			shell_word(fmt::format("{}{}[{}]{}", option.is_list() ? "*" : "", spelling,
					       specified(option.help),
					       option.is_flag() ? "" : value));
	return text;
}

std::string functions(const Command &command, const std::string &words)
{
	std::string text;
	for (const auto &subcommand : command.subcommands)
		text += functions(subcommand, words + " " + subcommand.name);
	std::string arguments = " \\\n\t\t'(-h --help)'{-h,--help}'[Print a help text]'";
	for (const auto &option : command.options)
		arguments += specifications(option);
	if (command.subcommands.empty())
		return text + fmt::format("{}()\n{{\n\t_arguments{}\n}}\n\n", function_of(words),
					  arguments);
	std::string described;
	std::string cases;
	for (const auto &subcommand : command.subcommands) {
		described += " \\\n\t\t\t" +
			     shell_word(subcommand.name + ":" + specified(subcommand.summary));
		cases += fmt::format("\t\t{}) {} ;;\n", subcommand.name,
				     function_of(words + " " + subcommand.name));
	}
	return text +
	       fmt::format("{0}()\n{{\n\tlocal curcontext=$curcontext state line\n"
			   "\tlocal -a commands\n\t_arguments -C{1} \\\n"
			   "\t\t'1: :->command' '*:: :->rest'\n"
			   "\tcase $state in\n\tcommand)\n\t\tcommands=({2})\n"
			   "\t\t_describe command commands\n\t\t;;\n"
			   "\trest)\n\t\tcase $words[1] in\n{3}\t\tesac\n\t\t;;\n\tesac\n}}\n\n",
			   function_of(words), arguments, described, cases);
}

} // namespace

std::string zsh_completion(const Command &program)
{
	return fmt::format(
		"#compdef {0}\n# Made by {0} completion zsh\n\n"
		"_kcxx_kernels_here()\n{{\n\tlocal -a releases\n"
		"\treleases=(${{(f)\"$({1})\"}})\n\t_describe kernel releases\n\t_files -/\n}}\n\n"
		"{2}{3} \"$@\"\n",
		program.name, print_kernels, functions(program, program.name),
		function_of(program.name));
}

} // namespace kcxx::command_line
