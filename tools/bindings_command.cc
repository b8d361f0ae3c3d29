// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx bindings: makes the bindings that editors read in place of the kernel's headers, for the
// sources of a build directory.
#include "commands.hpp"
#include "compile_database.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <memory>
#include <thread>

namespace kcxx
{

namespace
{

struct Options {
	std::string directory;
	unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
};

ExitStatus bindings(const Options &options)
{
	const auto made = [&]() -> Result<unsigned> {
		const auto database = TRY(find_database(options.directory, "bindings"));
		const auto sources = TRY(read_database(database));
		const auto failed = make_editor_bindings(sources, options.jobs);
		if (failed && *failed == 0)
			fmt::print("{}: editors have the kernel's headers of {} C++ source{}\n",
				   database.string(), sources.size(),
				   sources.size() == 1 ? "" : "s");
		return failed;
	}();
	if (!made) {
		terminal::print(made.error());
		return made.error().status;
	}
	return *made == 0 ? ExitStatus::ok : ExitStatus::input;
}

} // namespace

command_line::Command bindings_command()
{
	const auto options = std::make_shared<Options>();
	return {.name = "bindings",
		.summary = "Make the kernel's headers in C++ for editors, of every C++ source of a "
			   "build directory; a build makes them too, in the background",
		.options = {{.names = "directory",
			     .target = &options->directory,
			     .help = "the build directory of a CMake project, or a directory that "
				     "Kbuild built; default: build, or this one",
			     .kind = command_line::Kind::existing_directory},
			    {.names = "-j,--jobs",
			     .target = &options->jobs,
			     .help = "as many at once; default: all processors",
			     .value = "N",
			     .range = {{1, 1024}}}},
		.epilogue = "clangd and clang-tidy find them by compile_commands.json. They are "
			    "kept in the cache, "
			    "and shared\nby projects with the same kernel, compilers, flags and "
			    "headers.",
		.run = [options] { return bindings(*options); }};
}

} // namespace kcxx
