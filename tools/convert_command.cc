// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx convert: executes convert.sh, which runs kcxx-convert with the kernel's flags. Only
// kcxx-convert needs Clang's libraries, so kcxx can be built without them.
#include "commands.hpp"
#include "kbuild_folder.hpp"
#include "kbuild_script.hpp"
#include "system/error.hpp"
#include "system/terminal.hpp"

#include <filesystem>
#include <fmt/core.h>
#include <memory>
#include <utility>
#include <vector>

namespace kcxx
{

namespace
{

using command_line::Kind;

struct Options {
	std::vector<std::string> sources;
	std::string kernel;
	std::string module;
	std::vector<std::string> flags;
	bool force = false;
};

ExitStatus convert(const Options &options)
{
	const auto program = own_program().parent_path() / "kcxx-convert";
	if (std::error_code ignored; !std::filesystem::exists(program, ignored)) {
		terminal::print(
			{.what = "kcxx was built without kcxx convert",
			 .found = "no " + program.string(),
			 .needed = "Clang's libraries where kcxx is built",
			 .fix = "apt install libclang-19-dev llvm-19-dev, and build kcxx anew"});
		return ExitStatus::unavailable;
	}
	std::vector<std::string> arguments = {"--program", program};
	if (!options.kernel.empty())
		arguments.insert(arguments.end(), {"--kernel", options.kernel});
	if (!options.module.empty())
		arguments.insert(arguments.end(), {"--module", options.module});
	for (const auto &flag : options.flags)
		arguments.insert(arguments.end(), {"--flag", flag});
	if (options.force)
		arguments.emplace_back("--force");
	arguments.insert(arguments.end(), options.sources.begin(), options.sources.end());
	return become_script("convert.sh", arguments);
}

} // namespace

command_line::Command convert_command()
{
	const auto options = std::make_shared<Options>();
	return {.name = "convert",
		.summary = "Write driver.cc from driver.c: what C++ needs and C does not",
		.options =
			{{.names = "sources",
			  .target = &options->sources,
			  .help = "sources of a module in C",
			  .value = "FILE.c",
			  .kind = Kind::existing_file,
			  .required = true},
			 {.names = "--kernel",
			  .target = &options->kernel,
			  .help = "a release, a series (6.12: its newest) or a build directory",
			  .value = "R|DIR",
			  .kind = Kind::kernel},
			 {.names = "--module",
			  .target = &options->module,
			  .help = "the module that the sources are of; default: each source's name",
			  .value = "NAME"},
			 {.names = "--flag",
			  .target = &options->flags,
			  .help = "a flag of the module's own, as ccflags-y has it; repeatable",
			  .value = "FLAG"},
			 {.names = "--force",
			  .target = &options->force,
			  .help = "write over a driver.cc that is there"}},
		.epilogue = fmt::format(
			"Comments, macros and layout stay; what C++ takes as it is stays too.\n"
			"Exit status: {} all is converted; {} a source is not C that Clang takes; "
			"{} no kernel or no Clang;\n{} places are left to a person, each of which "
			"is printed.",
			std::to_underlying(ExitStatus::ok), std::to_underlying(ExitStatus::input),
			std::to_underlying(ExitStatus::unavailable),
			std::to_underlying(ExitStatus::undecided)),
		.run = [options] { return convert(*options); }};
}

} // namespace kcxx
