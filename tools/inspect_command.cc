// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx inspect: checks and describes modules before they are loaded.
//
// Exit statuses (exit_status.hpp; the highest that applies, and 8 only if no other applies):
//
//	 0  the kernel would load them; there may be warnings
//	 1  an operation of kcxx itself failed
//	 2  wrong call
//	 3  a file is not a module, or not a certificate
//	 4  the kernel that --kernel names is not here
//	 8  undecided: the kernel is not here, or depends on facts that are unknown here
//	13  the kernel would not load a module; with --certificate, a kernel that trusts only these
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
		.epilogue =
			"Nothing is loaded. The first line on each module is \"would load\", "
			"\"would not load\" or\n\"cannot tell\", with the file and why. Exit "
			"status: 0 the kernel would load them (warnings may\nhave been given), 3 a "
			"file is no module or no certificate, 4 no such kernel, 8 cannot tell,\n13 "
			"the kernel would not load a module; of several the highest, and 8 where "
			"none else is.",
		.run = [options] { return run(*options); }};
}

} // namespace kcxx
