// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx inspect: checks and describes modules before they are loaded.
// exit_status.hpp lists its exit statuses. The highest that applies is returned; undecided only if
// no other applies.
#include "commands.hpp"
#include "inspect/certificates.hpp"
#include "inspect/inspection.hpp"
#include "inspect/json_report.hpp"
#include "inspect/text_report.hpp"
#include "json_output.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <iterator>
#include <memory>
#include <utility>

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
		auto certificates = TRY(read_certificates(file));
		std::ranges::move(certificates, std::back_inserter(trusted));
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

std::string epilogue()
{
	return fmt::format(
		R"(Nothing is loaded. The first line on each module is "would load", "would not load" or
"cannot tell", with the file and why. Exit status: {} the kernel would load them (warnings may
have been given), {} a file is no module or no certificate, {} no such kernel, {undecided} cannot tell,
{} the kernel would not load a module; of several the highest, and {undecided} where none else is.)",
		std::to_underlying(ExitStatus::ok), std::to_underlying(ExitStatus::input),
		std::to_underlying(ExitStatus::unavailable), std::to_underlying(ExitStatus::load),
		fmt::arg("undecided", std::to_underlying(ExitStatus::undecided)));
}

} // namespace

command_line::Command inspect_command()
{
	using command_line::Kind;
	const auto options = std::make_shared<Options>();
	return {.name = "inspect",
		.summary = "Report on modules before they are loaded: would a kernel take them, "
			   "which symbols "
			   "they use and export, which mitigations are in them",
		.options = {{.names = "modules",
			     .target = &options->modules,
			     .help = "kernel modules (.ko, .ko.xz, ...); what one exports, another "
				     "may use",
			     .value = "KO...",
			     .kind = Kind::file,
			     .required = true},
			    {.names = "--with",
			     .target = &options->others,
			     .help = "a module that is loaded before: its exports may be used, it "
				     "is not "
				     "reported on",
			     .value = "KO",
			     .kind = Kind::file},
			    {.names = "--kernel",
			     .target = &options->kernel,
			     .help = "check against this kernel: a release, a series (6.12: its "
				     "newest) or a "
				     "build directory; default: the one each module is for",
			     .value = "R|DIR",
			     .kind = Kind::kernel},
			    {.names = "--certificate",
			     .target = &options->certificates,
			     .help = "a certificate (PEM or DER) of a key that modules have to be "
				     "signed by, "
				     "as a kernel that enforces it has them; repeatable",
			     .value = "FILE",
			     .kind = Kind::file},
			    command_line::format_option(options->format)},
		.epilogue = epilogue(),
		.run = [options] { return run(*options); }};
}

} // namespace kcxx
