// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/completion.hpp"

#include "system/shell_word.hpp"

#include <fmt/core.h>

namespace kcxx::command_line
{

namespace
{

std::string joined(const std::vector<std::string> &words)
{
	std::string text;
	for (const auto &word : words)
		text += (text.empty() ? "" : " ") + word;
	return text;
}

// Returns the arguments of compgen for the values of @option; empty if every text is a value.
std::string generator(const Option &option)
{
	if (!option.choices.empty())
		return "-W " + shell_word(joined(option.choices));
	switch (option.kind) {
	case Kind::file:
	case Kind::existing_file:
	case Kind::existing_path:
		return "-f";
	case Kind::directory:
	case Kind::existing_directory:
		return "-d";
	case Kind::kernel:
		return fmt::format("-d -W \"$({})\"", print_kernels);
	case Kind::text:
		break;
	}
	return "";
}

std::string values_after_options(const Command &command, const std::string &words)
{
	std::string text;
	for (const auto &option : command.options) {
		if (option.is_argument() || option.is_flag())
			continue;
		std::string pattern;
		for (const auto &spelling : option.spellings())
			pattern += fmt::format("{}\"{} {}\"", pattern.empty() ? "" : " | ", words,
					       spelling);
		text += fmt::format("\t{}) _kcxx_reply {}; return ;;\n", pattern,
				    generator(option));
	}
	for (const auto &subcommand : command.subcommands)
		text += values_after_options(subcommand, words + " " + subcommand.name);
	return text;
}

std::string words_of(const Command &command)
{
	std::vector<std::string> words;
	for (const auto &subcommand : command.subcommands)
		words.push_back(subcommand.name);
	for (const auto &option : command.options)
		if (option.is_argument())
			words.insert(words.end(), option.choices.begin(), option.choices.end());
	return joined(words);
}

std::string options_of(const Command &command)
{
	std::vector<std::string> words = {"--help"};
	for (const auto &option : command.options)
		if (!option.is_argument())
			for (const auto &spelling : option.spellings())
				words.push_back(spelling);
	return joined(words);
}

std::string arguments_of(const Command &command)
{
	for (const auto &option : command.options)
		if (option.is_argument() && option.choices.empty())
			return generator(option);
	return "";
}

std::string words_of_commands(const Command &command, const std::string &words)
{
	std::string text = fmt::format(
		"\t\"{} -\"*) _kcxx_reply -W {} ;;\n\t\"{} \"*) _kcxx_reply {} -W {} ;;\n", words,
		shell_word(options_of(command)), words, arguments_of(command),
		shell_word(words_of(command)));
	for (const auto &subcommand : command.subcommands)
		text = words_of_commands(subcommand, words + " " + subcommand.name) + text;
	return text;
}

std::string paths(const Command &command, const std::string &words)
{
	std::string text;
	for (const auto &subcommand : command.subcommands) {
		const auto longer = words + " " + subcommand.name;
		text += fmt::format("{}\"{}\"", text.empty() ? "" : " | ", longer);
		if (const auto below = paths(subcommand, longer); !below.empty())
			text += " | " + below;
	}
	return text;
}

} // namespace

std::string bash_completion(const Command &program)
{
	return fmt::format(R"(# Made by {0} completion bash
_kcxx_reply()
{{
	mapfile -t COMPREPLY < <(compgen "$@" -- "$word")
	compopt -o filenames 2>/dev/null
}}

_kcxx()
{{
	local word=${{COMP_WORDS[COMP_CWORD]}} command={0} at
	for ((at = 1; at < COMP_CWORD; at++)); do
		case "$command ${{COMP_WORDS[at]}}" in
		{1}) command+=" ${{COMP_WORDS[at]}}" ;;
		esac
	done
	COMPREPLY=()
	case "$command ${{COMP_WORDS[COMP_CWORD - 1]}}" in
{2}	esac
	case "$command $word" in
{3}	esac
}}

complete -F _kcxx {0}
)",
			   program.name, paths(program, program.name),
			   values_after_options(program, program.name),
			   words_of_commands(program, program.name));
}

} // namespace kcxx::command_line
