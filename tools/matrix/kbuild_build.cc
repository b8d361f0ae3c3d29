// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/kbuild_build.hpp"

#include "kbuild_products.hpp"
#include "matrix/project.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <ranges>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

// make's $(file) writes the list of modules, so that kcxx need not parse the project's makefiles.
// $(src) is their own directory in them, so that make finds the files that they include relative to
// it.
constexpr std::string_view wrapper = R"(# Made by kcxx matrix
kcxx-mirror := $(src)
src := {0}
include {1}
src := $(kcxx-mirror)
$(file >$(if $(filter /%,$(obj)),$(obj),$(objtree)/$(obj))/kcxx-modules,$(obj-m))
ifdef KCXX_ONLY
obj-m := $(filter $(KCXX_ONLY),$(obj-m))
endif
)";

// Makes symbolic links in @mirror to the sources in @project, folder by folder. Removes the old
// links first, so that none to a removed file remains.
void mirror_sources(const fs::path &project, const fs::path &mirror)
{
	std::error_code error;
	for (const auto &entry : fs::recursive_directory_iterator(mirror, error))
		if (entry.is_symlink(error))
			fs::remove(entry.path(), error);
	for (auto entry = fs::recursive_directory_iterator(project, error);
	     entry != fs::recursive_directory_iterator(); entry.increment(error)) {
		const auto place = fs::relative(entry->path(), project, error);
		if (entry->is_directory(error)) {
			// Skip build directories; this matrix may be one within the project.
			if (is_made_by_kbuild(place) || place == "build" ||
			    fs::exists(entry->path() / "CMakeCache.txt", error) ||
			    fs::exists(entry->path() / "matrix.json", error) ||
			    fs::exists(entry->path() / ".lock", error))
				entry.disable_recursion_pending();
			continue;
		}
		if (is_made_by_kbuild(place) || place == "Kbuild" || place == "Makefile")
			continue;
		fs::create_directories((mirror / place).parent_path(), error);
		fs::create_symlink(entry->path(), mirror / place, error);
	}
}

std::string join(const std::vector<std::string> &words)
{
	std::string text;
	for (const auto &word : words)
		text += (text.empty() ? "" : " ") + word;
	return text;
}

} // namespace

Command KbuildBuilder::make(const Pair &pair, std::vector<std::string> arguments) const
{
	Command command = {.argv = {"make", fmt::format("-j{}", settings_.jobs), "-C",
				    pair.kernel.build, "M=" + build_directory(pair).string()}};
	if (const auto variables = run(
		    {.argv = {"sh", settings_.kbuild / "make-variables.sh", pair.kernel.build}}))
		for (const auto line : std::views::split(variables->output, '\n'))
			if (!line.empty())
				command.argv.emplace_back(std::string_view(line));
	if (pair.chosen_compiler())
		command.argv.push_back("CXX=" + pair.compiler);
	std::ranges::copy(settings_.definitions, std::back_inserter(command.argv));
	std::ranges::copy(arguments, std::back_inserter(command.argv));
	return command;
}

Result<Command> KbuildBuilder::prepare(const Pair &pair) const
{
	std::error_code error;
	const auto directory = build_directory(pair);
	fs::create_directories(directory, error);
	mirror_sources(project_.directory, directory);
	const auto text = fmt::format(fmt::runtime(wrapper), project_.directory.string(),
				      kbuild_file(project_.directory).string());
	const auto before = read_file(directory / "Kbuild");
	if (!before || *before != text)
		TRY(write_file(directory / "Kbuild", text));
	return make(pair, {"-k", "modules"});
}

Result<std::vector<ListedModule>> KbuildBuilder::modules(const Pair &pair) const
{
	const auto directory = build_directory(pair);
	const auto text = read_file(directory / "kcxx-modules");
	std::vector<ListedModule> modules;
	for (const auto word : std::views::split(text.value_or(""), ' ')) {
		auto name = std::string(std::string_view(word));
		while (name.ends_with('\n'))
			name.pop_back();
		if (name.ends_with(".o")) {
			name.resize(name.size() - 2);
			modules.push_back({.name = name, .file = directory / (name + ".ko")});
		}
	}
	if (modules.empty())
		return std::unexpected(
			Error{.status = ExitStatus::input,
			      .what = "the project has no kernel modules",
			      .found = "no obj-m in " + kbuild_file(project_.directory).string(),
			      .needed = "at least one module",
			      .fix = "obj-m := name.o"});
	return modules;
}

// prepare() has built all of them together.
std::optional<Command> KbuildBuilder::build_together(const Pair &, const std::vector<std::string> &,
						     unsigned) const
{
	return std::nullopt;
}

std::optional<Command> KbuildBuilder::build(const Pair &pair, const Cell &cell, bool prepared) const
{
	if (prepared)
		return std::nullopt;
	return make(pair, {cell.module + ".o"});
}

std::optional<Command> KbuildBuilder::finish(const Pair &pair,
					     const std::vector<std::string> &modules) const
{
	std::vector<std::string> objects;
	objects.reserve(modules.size());
	for (const auto &module : modules)
		objects.push_back(module + ".o");
	return make(pair, {"KCXX_ONLY=" + join(objects), "modules"});
}

} // namespace kcxx::matrix
