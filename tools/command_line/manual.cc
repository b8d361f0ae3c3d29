// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/manual.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/core.h>

namespace kcxx::command_line
{

namespace
{

// Escapes dashes, so that they stay dashes, and lines that troff would take for requests.
std::string escaped(std::string_view text)
{
	std::string roff;
	bool line_starts = true;
	for (const char letter : text) {
		if (line_starts && (letter == '.' || letter == '\''))
			roff += "\\&";
		if (letter == '\\')
			roff += "\\e";
		else if (letter == '-')
			roff += "\\-";
		else
			roff += letter;
		line_starts = letter == '\n';
	}
	return roff;
}

std::string hyphenated(std::string words)
{
	std::ranges::replace(words, ' ', '-');
	return words;
}

std::string upper(std::string text)
{
	std::ranges::transform(text, text.begin(),
			       [](unsigned char letter) { return std::toupper(letter); });
	return text;
}

std::string synopsis(const Command &command, const std::string &words)
{
	std::string text = fmt::format(".B {}\n", escaped(words));
	const bool has_options = std::ranges::any_of(
		command.options, [](const Option &option) { return !option.is_argument(); });
	if (has_options)
		text += "[\\fIOPTION\\fR]...\n";
	for (const auto &option : command.options)
		if (option.is_argument()) {
			const auto argument =
				fmt::format("\\fI{}\\fR", escaped(option.placeholder()));
			text += option.required ? argument + "\n" : "[" + argument + "]\n";
		}
	if (!command.subcommands.empty())
		text += command.run ? "[\\fICOMMAND\\fR]\n" : "\\fICOMMAND\\fR\n";
	return text;
}

std::string described(const Option &option)
{
	std::string heading;
	for (const auto &spelling : option.spellings())
		heading += fmt::format(
			"{}\\fB{}\\fR", heading.empty() ? "" : ", ",
			escaped(option.is_argument() ? option.placeholder() : spelling));
	if (!option.is_flag() && !option.is_argument())
		heading += fmt::format(" \\fI{}\\fR", escaped(option.placeholder()));
	return fmt::format(".TP\n{}\n{}\n", heading, escaped(option.help));
}

std::string page(const Command &command, const std::string &words, const std::string &version)
{
	const auto name = hyphenated(words);
	std::string text = fmt::format(".\\\" Made by kcxx manual\n"
				       ".TH {} 1 \"\" \"{}\" \"User Commands\"\n"
				       ".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}",
				       upper(name), version, escaped(name),
				       escaped(command.summary), synopsis(command, words));
	text += ".SH OPTIONS\n.TP\n\\fB\\-\\-help\\fR\nPrint a help text.\n";
	if (!words.contains(' '))
		text += ".TP\n\\fB\\-\\-version\\fR\nPrint the version.\n";
	for (const auto &option : command.options)
		text += described(option);
	if (!command.subcommands.empty())
		text += ".SH COMMANDS\n";
	for (const auto &subcommand : command.subcommands)
		text += fmt::format(".TP\n\\fB{}\\fR(1)\n{}\n",
				    escaped(hyphenated(words + " " + subcommand.name)),
				    escaped(subcommand.summary));
	if (!command.epilogue.empty())
		text += fmt::format(".SH NOTES\n.nf\n{}\n.fi\n", escaped(command.epilogue));
	if (const auto parent = words.rfind(' '); parent != std::string::npos)
		text += fmt::format(".SH SEE ALSO\n.BR {} (1)\n",
				    escaped(hyphenated(words.substr(0, parent))));
	return text;
}

void add_pages(std::vector<ManualPage> &pages, const Command &command, const std::string &words,
	       const std::string &version)
{
	pages.push_back({.name = hyphenated(words), .text = page(command, words, version)});
	for (const auto &subcommand : command.subcommands)
		add_pages(pages, subcommand, words + " " + subcommand.name, version);
}

} // namespace

std::vector<ManualPage> manual(const Command &program, const std::string &version)
{
	std::vector<ManualPage> pages;
	add_pages(pages, program, program.name, version);
	return pages;
}

} // namespace kcxx::command_line
