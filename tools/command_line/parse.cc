// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/parse.hpp"

#include "command_line/wrong_call.hpp"
#include "system/terminal.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace kcxx::command_line
{

namespace
{

CLI::Option *add(CLI::App &app, const Option &option)
{
	return std::visit(
		[&]<typename T>(T *target) {
			if constexpr (std::is_same_v<T, bool>)
				return app.add_flag(option.names, *target, option.help);
			else
				return app.add_option(option.names, *target, option.help);
		},
		option.target);
}

void check_values(CLI::Option &added, const Option &option)
{
	switch (option.kind) {
	case Kind::existing_file:
		added.check(CLI::ExistingFile);
		break;
	case Kind::existing_directory:
		added.check(CLI::ExistingDirectory);
		break;
	case Kind::existing_path:
		added.check(CLI::ExistingPath);
		break;
	case Kind::text:
	case Kind::file:
	case Kind::directory:
	case Kind::kernel:
		break;
	}
	if (!option.choices.empty())
		added.check(CLI::IsMember(option.choices));
	if (option.range)
		added.check(CLI::Range(option.range->least, option.range->most));
}

void add_option(CLI::App &app, const Option &option)
{
	CLI::Option &added = *add(app, option);
	if (!option.is_flag() && !option.value.empty())
		added.type_name(option.value);
	if (option.is_list() && !option.is_argument())
		added.allow_extra_args(false);
	check_values(added, option);
	added.required(option.required);
	if (option.shows_default)
		added.capture_default_str();
}

void add_command(CLI::App &app, const Command &command)
{
	for (const auto &option : command.options)
		add_option(app, option);
	for (const auto &subcommand : command.subcommands)
		add_command(*app.add_subcommand(subcommand.name, subcommand.summary), subcommand);
	app.footer(command.epilogue);
	// Without it, an argument that equals a command of the parent would call that command.
	app.require_subcommand(0, 1);
}

/** Returns the called command, and the words before its options: "kernels get". */
Called called(const CLI::App &app, const Command &program)
{
	Called found{.command = &program, .words = program.name};
	for (const CLI::App *at = &app; !at->get_subcommands().empty();) {
		at = at->get_subcommands().front();
		found.command = &*std::ranges::find(found.command->subcommands, at->get_name(),
						    &Command::name);
		found.words += " " + at->get_name();
	}
	return found;
}

Action status(ExitStatus status)
{
	return [status] { return status; };
}

Action refuse(const Error &error)
{
	terminal::print(error);
	return status(error.status);
}

} // namespace

Action parse(const Command &program, const std::string &version, int argc, char **argv)
{
	CLI::App app(program.summary, program.name);
	app.set_version_flag("--version", version);
	add_command(app, program);
	try {
		app.parse(argc, argv);
	} catch (const CLI::Success &help) {
		app.exit(help);
		return status(ExitStatus::ok);
	} catch (const CLI::ParseError &error) {
		// CLI11 takes a mistyped option for an argument, and then misses the option: report
		// the mistyped one.
		const auto unknown = app.remaining(true);
		return refuse(unknown.empty()
				      ? wrong_value(called(app, program), error.what())
				      : unexpected_word(called(app, program), unknown.front()));
	}
	const auto found = called(app, program);
	return found.command->run ? found.command->run : refuse(missing_command(found));
}

} // namespace kcxx::command_line
