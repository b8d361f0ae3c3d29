// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx inspect: what is to be known of modules before they are loaded.
//
// Exit statuses (exit_status.hpp; of several that apply, the highest):
//
//	 0  the kernel would load them, as far as it can be told; warnings may have been given
//	 1  an operation of kcxx itself failed
//	 2  wrong call
//	 3  a file is no module, or no certificate
//	 4  the kernel that --kernel names is not here
//	13  the kernel would not load a module, or with --certificate: one that trusts these alone
#include "commands.hpp"
#include "inspect/certificates.hpp"
#include "inspect/inspection.hpp"
#include "inspect/json_report.hpp"
#include "inspect/text_report.hpp"
#include "json_output.hpp"
#include "system/terminal.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <iterator>
#include <memory>

namespace kcxx
{

namespace
{

struct Options {
	std::vector<std::string> modules;
	std::vector<std::string> others;
	std::string kernel;
	std::vector<std::string> certificates;
	std::string format = "text";

	[[nodiscard]] bool json() const { return format == "json"; }
};

void print_all(const std::vector<Inspected> &modules)
{
	bool first = true;
	for (const auto &module : modules) {
		if (!module.result)
			continue;
		fmt::print("{}", first ? "" : "\n");
		print(*module.result);
		first = false;
	}
}

Result<std::vector<Inspected>> inspect(const Options &options)
{
	std::vector<Certificate> trusted;
	for (const auto &file : options.certificates) {
		auto certificates = read_certificates(file);
		if (!certificates)
			return std::unexpected(certificates.error());
		std::ranges::move(*certificates, std::back_inserter(trusted));
	}
	return inspect(options.modules, options.others, options.kernel, trusted);
}

ExitStatus run(const Options &options)
{
	const auto modules = inspect(options);
	if (!modules) {
		terminal::print(modules.error());
		if (options.json())
			fmt::print("{}\n", to_json(modules.error()));
		return modules.error().status;
	}
	for (const auto &module : *modules)
		if (!module.result)
			terminal::print(module.result.error());
	if (options.json())
		fmt::print("{}\n", to_json(*modules));
	else
		print_all(*modules);
	return judge(*modules);
}

} // namespace

void add_inspect_command(CLI::App &app, Action &action)
{
	CLI::App *command = app.add_subcommand(
		"inspect", "What is to be known of modules before they are loaded: would a kernel "
			   "take them, what they use and give, which mitigations are in them");
	command->footer("Nothing is loaded. Exit status: 0 the kernel would load them (warnings "
			"may have been given), 3 a file is no module or no certificate, 4 no such "
			"kernel, 13 the kernel would not load a module.");
	const auto options = std::make_shared<Options>();
	command->add_option("modules", options->modules,
			    "kernel modules (.ko, .ko.xz, ...); what one exports, another may use")
		->required()
		->type_name("KO...");
	command->add_option("--with", options->others,
			    "a module that is loaded before: what it exports may be used, nothing "
			    "is told of it")
		->allow_extra_args(false)
		->type_name("KO");
	command->add_option("--kernel", options->kernel,
			    "check against this kernel: a release, a series (6.12: its newest) or "
			    "a build directory; default: the one each module is for")
		->type_name("R|DIR");
	command->add_option(
		       "--certificate", options->certificates,
		       "a certificate (PEM or DER) of a key that modules have to be signed by, "
		       "as a kernel that enforces it has them; repeatable")
		->allow_extra_args(false)
		->type_name("FILE");
	command->add_option("--format", options->format, "text for people, json for programs")
		->check(CLI::IsMember({"text", "json"}));
	command->final_callback(
		[options, &action] { action = [options] { return run(*options); }; });
}

} // namespace kcxx
