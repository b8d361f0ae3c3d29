// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/cmake_build.hpp"

#include "kbuild_folder.hpp"
#include "system/file.hpp"

#include <cstdlib>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

bool in_environment(const char *name)
{
	const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): one thread
	return value != nullptr && *value != '\0';
}

// Returns the CMake package that was installed with this program; empty if the user names one, or
// there is none.
fs::path own_package(const fs::path &kbuild)
{
	std::error_code error;
	const auto package = (kbuild / "../../cmake/kcxx").lexically_normal();
	const bool named = in_environment("CMAKE_PREFIX_PATH") || in_environment("kcxx_DIR");
	return !named && fs::exists(package / "kcxxConfig.cmake", error) ? package : fs::path();
}

bool is_built_by_ninja(const fs::path &build)
{
	std::error_code error;
	return fs::exists(build / "build.ninja", error);
}

// Returns Ninja, which is faster, or make if Ninja is missing: each build of modules needs make
// anyway. A configured directory keeps its generator, because CMake refuses another one.
std::string generator_for(const fs::path &build)
{
	std::error_code error;
	const bool configured = fs::exists(build / "CMakeCache.txt", error);
	const bool ninja = configured ? is_built_by_ninja(build) : !find_program("ninja").empty();
	return ninja ? "Ninja" : "Unix Makefiles";
}

ListedModule read_module_entry(const nlohmann::json &entry)
{
	return {.name = entry.at("name"),
		.file = entry.at("file").get<std::string>(),
		.excluded = entry.at("excluded").is_null() ? "" : entry.at("excluded"),
		.constraints = entry.at("constraints"),
		.tests = entry.at("tests")};
}

} // namespace

Result<Command> CMakeBuilder::prepare(const Pair &pair) const
{
	const auto build = build_directory(pair);
	Command command = {.argv = {"cmake", "-S", project_.directory, "-B", build, "-G",
				    generator_for(build),
				    "-DKCXX_KERNEL=" + pair.kernel.build.string(),
				    "-DKCXX_PROGRAM=" + own_program().string()}};
	if (pair.chosen_compiler())
		command.argv.push_back("-DKCXX_CXX_COMPILER=" + pair.compiler);
	if (const auto package = own_package(settings_.kbuild); !package.empty())
		command.argv.push_back("-Dkcxx_DIR=" + package.string());
	for (const auto &definition : settings_.definitions)
		command.argv.push_back("-D" + definition);
	return command;
}

bool CMakeBuilder::prepared(const Pair &pair) const
{
	std::error_code error; // the build runs CMake again if CMake's inputs have changed
	return (is_built_by_ninja(build_directory(pair)) ||
		fs::exists(build_directory(pair) / "Makefile", error)) &&
	       fs::exists(build_directory(pair) / "kcxx-modules.json", error);
}

Result<std::vector<ListedModule>> CMakeBuilder::modules(const Pair &pair) const
{
	const Error none = {.status = ExitStatus::input,
			    .what = "the project has no kernel modules",
			    .found = "no add_kernel_module() was called in " +
				     project_.directory.string(),
			    .needed = "at least one module",
			    .fix = "add_kernel_module(name name.cc), in CMakeLists.txt"};
	const auto text = read_file(build_directory(pair) / "kcxx-modules.json");
	if (!text)
		return std::unexpected(none);
	std::vector<ListedModule> modules;
	try {
		const auto document = nlohmann::json::parse(*text);
		for (const auto &entry : document.at("modules"))
			if (entry.at("all"))
				modules.push_back(read_module_entry(entry));
	} catch (const nlohmann::json::exception &error) {
		return std::unexpected(Error{.what = "kcxx-modules.json is not understood",
					     .found = error.what()});
	}
	if (modules.empty())
		return std::unexpected(none);
	return modules;
}

std::optional<Command> CMakeBuilder::build_together(const Pair &pair,
						    const std::vector<std::string> &modules,
						    unsigned jobs) const
{
	Command command = {.argv = {"cmake", "--build", build_directory(pair), "--target"}};
	command.argv.insert(command.argv.end(), modules.begin(), modules.end());
	command.argv.insert(command.argv.end(),
			    {"--parallel", fmt::format("{}", jobs), "--", "-k"});
	if (is_built_by_ninja(build_directory(pair)))
		command.argv.emplace_back(
			"0"); // no limit of failures; make takes no number, and stops at none
	return command;
}

std::optional<Command> CMakeBuilder::build(const Pair &pair, const Cell &cell, bool) const
{
	return build_together(pair, {cell.module}, settings_.jobs);
}

std::optional<Command> CMakeBuilder::finish(const Pair &, const std::vector<std::string> &) const
{
	return std::nullopt;
}

} // namespace kcxx::matrix
