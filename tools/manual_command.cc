// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx manual: prints pages of the manual, from the same table as --help.
#include "command_line/manual.hpp"
#include "command_line/wrong_call.hpp"
#include "commands.hpp"
#include "system/file.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <memory>

namespace kcxx
{

namespace
{

using command_line::ManualPage;

struct Options {
	std::vector<std::string> words;
	std::string output;
};

ExitStatus fail(const Error &error)
{
	terminal::print(error);
	return error.status;
}

ExitStatus write(const std::vector<ManualPage> &pages, const std::filesystem::path &directory)
{
	std::error_code error;
	std::filesystem::create_directories(directory, error);
	for (const auto &page : pages)
		if (const auto written = write_file(directory / (page.name + ".1"), page.text);
		    !written)
			return fail(written.error());
	return ExitStatus::ok;
}

ExitStatus print(const std::vector<ManualPage> &pages, const std::vector<std::string> &words)
{
	std::string name = "kcxx";
	for (const auto &word : words)
		name += "-" + word;
	const auto page = std::ranges::find(pages, name, &ManualPage::name);
	if (page != pages.end()) {
		fmt::print("{}", page->text);
		return ExitStatus::ok;
	}
	std::vector<std::string> names;
	for (const auto &known : pages)
		names.push_back(known.name);
	const auto meant = command_line::closest(name, names);
	return fail({.status = ExitStatus::usage,
		     .what = "the manual has no page " + name,
		     .found = name,
		     .needed = "a command that kcxx --help lists",
		     .fix = meant.empty() ? "kcxx --help" : "man " + meant});
}

} // namespace

command_line::Command manual_command(command_line::Command (*program)())
{
	const auto options = std::make_shared<Options>();
	return {.name = "manual",
		.summary = "Print a page of the manual, for man(1)",
		.options = {{.names = "command",
			     .target = &options->words,
			     .help = "the command, as kernels get; default: kcxx itself",
			     .value = "COMMAND..."},
			    {.names = "--output",
			     .target = &options->output,
			     .help = "write all pages into DIR, and print none",
			     .value = "DIR",
			     .kind = command_line::Kind::directory}},
		.epilogue = "Example:\n  kcxx manual boot | man -l -\n",
		.run = [options, program] {
			const auto pages = command_line::manual(program(), "kcxx " KCXX_VERSION);
			return options->output.empty() ? print(pages, options->words)
						       : write(pages, options->output);
		}};
}

} // namespace kcxx
