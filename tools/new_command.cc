// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx new: writes a new project.
#include "commands.hpp"
#include "from_kbuild/to_cmake.hpp"
#include "kbuild_folder.hpp"
#include "kernels/kernels_here.hpp"
#include "starter/next_steps.hpp"
#include "starter/project.hpp"
#include "system/child.hpp"
#include "system/file.hpp"
#include "system/printable.hpp"
#include "system/terminal.hpp"

#include <fmt/format.h>
#include <memory>

namespace kcxx
{

namespace
{

namespace fs = std::filesystem;

// The initial name of a project. It is not empty, because the user may give an empty name.
constexpr const char *unnamed = "/";

struct Options {
	starter::Project project{.name = unnamed, .kind = "hello"};
	std::string from;
	std::string kernel;
	bool print = false;
};

constexpr const char *footer = R"(kcxx new NAME writes a project into a new directory.

kcxx new --from DIRECTORY writes a CMakeLists.txt for the modules of a project that
has a Kbuild file or Makefile, and perhaps a dkms.conf. The project builds itself in a
copy, for one kernel: make itself expands the variables of its makefiles. What cannot
be carried is printed, and stands at the top of the CMakeLists.txt. No file of the
project changes, and no CMakeLists.txt is overwritten.

Examples:
  kcxx new pump --kind misc --dkms
  kcxx new --from ~/src/pump --kernel 6.12
  kcxx new --from . --print)";

ExitStatus report(const Error &error)
{
	terminal::print(error);
	return error.status;
}

ExitStatus start_project(starter::Project project, const fs::path &kbuild)
{
	if (project.name == unnamed)
		return report({.status = ExitStatus::usage,
			       .what = "kcxx new: name is required",
			       .needed = "the name of a new module, or a project to start from",
			       .fix = "kcxx new pump, or kcxx new --from DIRECTORY"});
	project.kbuild = kbuild;
	if (const auto written = starter::write(project, "."); !written)
		return report(written.error());
	fmt::print("{}", starter::next_steps(project));
	return ExitStatus::ok;
}

/** Returns the kernel of --kernel, or else the one that CMake would choose. */
Result<Kernel> choose_kernel(const std::string &wanted, const fs::path &kbuild)
{
	if (std::error_code error; fs::is_directory(wanted, error)) {
		auto kernel = read_build_directory(fs::absolute(wanted, error).lexically_normal());
		if (kernel)
			return std::move(*kernel);
	}
	if (!wanted.empty())
		return find_kernel(wanted, native_arch());
	const auto found = TRY(run({.argv = {"sh", kbuild / "find-kernel.sh"}}));
	const auto build = found.output.substr(0, found.output.find('\n'));
	auto kernel = found.status == 0 ? read_build_directory(build) : std::nullopt;
	if (!kernel)
		return std::unexpected(Error{.status = ExitStatus::unavailable,
					     .what = "there is no kernel to build modules for",
					     .found = found.output,
					     .needed = "the headers of a kernel",
					     .fix = "kcxx kernels get 6.12"});
	return std::move(*kernel);
}

Error there_is_one(const fs::path &file)
{
	return {.status = ExitStatus::input,
		.what = "there is a CMakeLists.txt already",
		.found = file.string(),
		.needed = "a project without one: nothing is overwritten",
		.fix = fmt::format("kcxx new --from {} --print", file.parent_path().string())};
}

void print_result(const from_kbuild::CMakeProject &made)
{
	for (const auto &remark : made.remarks)
		terminal::note(printable_line(remark));
	fmt::print("{}: {}, of {}. Next:\n"
		   "  cd {}\n"
		   "  cmake -B build\n"
		   "  cmake --build build\n"
		   "  ctest --test-dir build --output-on-failure\n",
		   (made.folder / "CMakeLists.txt").string(),
		   made.modules.size() == 1 ? "one module"
					    : fmt::format("{} modules", made.modules.size()),
		   fmt::join(made.modules, ", "), made.folder.string());
}

ExitStatus convert_project(const Options &options, const fs::path &kbuild)
{
	std::error_code error;
	const auto file = fs::path(options.from) / "CMakeLists.txt";
	if (!options.print && fs::exists(fs::symlink_status(file, error)))
		return report(there_is_one(file));
	const auto kernel = choose_kernel(options.kernel, kbuild);
	if (!kernel)
		return report(kernel.error());
	const auto made = from_kbuild::to_cmake(options.from, *kernel, kbuild);
	if (!made)
		return report(made.error());
	if (options.print) {
		fmt::print("{}", made->cmake_lists);
		return ExitStatus::ok;
	}
	if (const auto written = replace_file(made->folder / "CMakeLists.txt", made->cmake_lists);
	    !written)
		return report(written.error());
	print_result(*made);
	return ExitStatus::ok;
}

ExitStatus create(const Options &options)
{
	const auto kbuild = find_kbuild_folder();
	if (!kbuild)
		return report(kbuild.error());
	if (options.from.empty())
		return start_project(options.project, *kbuild);
	if (options.project.name != unnamed || options.project.dkms)
		return report({.status = ExitStatus::usage,
			       .what = "kcxx new --from writes no new project",
			       .found = options.project.dkms ? "--dkms" : options.project.name,
			       .needed = "the folder alone: names are those of its makefiles, a "
					 "package that of its "
					 "dkms.conf",
			       .fix = fmt::format("kcxx new --from {}", options.from)});
	return convert_project(options, *kbuild);
}

} // namespace

command_line::Command new_command()
{
	using command_line::Kind;
	const auto options = std::make_shared<Options>();
	return {.name = "new",
		.summary =
			"Write a project of one module, or a CMakeLists.txt for a Kbuild project",
		.options = {{.names = "name",
			     .target = &options->project.name,
			     .help = "the module's name, and the directory's"},
			    {.names = "--kind",
			     .target = &options->project.kind,
			     .help = "hello: a line in the log; misc: a device in /dev; fs: a file "
				     "system; pci, platform, i2c, spi: a driver for a device on "
				     "that bus",
			     .choices = starter::kinds(),
			     .shows_default = true},
			    {.names = "--dkms",
			     .target = &options->project.dkms,
			     .help = "with a DKMS package"},
			    {.names = "--from",
			     .target = &options->from,
			     .help = "a project with a Kbuild file or Makefile: write its "
				     "CMakeLists.txt",
			     .value = "DIRECTORY",
			     .kind = Kind::directory},
			    {.names = "--kernel",
			     .target = &options->kernel,
			     .help = "with --from, the kernel that makefiles are asked for: a "
				     "release, a "
				     "series (6.12: its newest) or a build directory",
			     .value = "R|DIR",
			     .kind = Kind::kernel},
			    {.names = "--print",
			     .target = &options->print,
			     .help = "with --from, print the CMakeLists.txt and write nothing"}},
		.epilogue = footer,
		.run = [options] { return create(*options); }};
}

} // namespace kcxx
