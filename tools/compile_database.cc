// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "compile_database.hpp"

#include "system/child.hpp"
#include "system/terminal.hpp"

#include <deque>
#include <fmt/core.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <re2/re2.h>
#include <utility>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

/** Writes the compilation database of a directory that plain Kbuild built, from the files that the
 * builds left. */
Result<fs::path> write_database(const fs::path &directory)
{
	auto child = TRY(Child::start(
		{.argv = {
			 "sh", "-c",
			 R"(. "$1/.kcxx/flags.sh" && exec sh "$KCXX_KBUILD/bindgen/compile-commands.sh" "$1")",
			 "sh", directory.string()}}));
	if (child.wait() == 0)
		return directory / "compile_commands.json";
	return std::unexpected(
		Error{.status = ExitStatus::input,
		      .what = "no compile_commands.json",
		      .found = directory.string() + ", which an older kcxx or no kcxx has built",
		      .needed = "a build by Kbuild, complete or not",
		      .fix = "make -C <kernel directory> M=" + directory.string()});
}

} // namespace

Result<fs::path> find_database(const std::string &given, const std::string &command)
{
	const std::vector<fs::path> places =
		given.empty() ? std::vector<fs::path>{"build", "."}
			      : std::vector<fs::path>{given, fs::path(given) / "build"};
	for (const auto &place : places) {
		if (place.filename() == "compile_commands.json" && fs::is_regular_file(place))
			return place;
		if (fs::exists(place / ".kcxx/flags.sh"))
			return write_database(fs::absolute(place).lexically_normal());
		if (fs::exists(place / "compile_commands.json"))
			return place / "compile_commands.json";
	}
	return std::unexpected(Error{
		.status = ExitStatus::usage,
		.what = "no compile_commands.json",
		.found = "none in " + places[0].string() + ", none in " + places[1].string(),
		.needed = "the build directory of a CMake project with kernel modules, or a "
			  "directory that Kbuild built",
		.fix = "cmake -B build, then kcxx " + command +
		       " build; or make -C <kernel directory> M=<directory>, then kcxx " + command +
		       " <directory>",
	});
}

Result<std::vector<Source>> read_database(const fs::path &database)
{
	static const RE2 option(R"( -idirafter (\S+/\.kcxx)(/editor/\S+)/include )");
	const auto entries = nlohmann::json::parse(std::ifstream(database), nullptr, false);
	if (!entries.is_array())
		return std::unexpected(Error{.status = ExitStatus::input,
					     .what = "compile_commands.json is unreadable",
					     .found = database.string() + " is no list in JSON",
					     .needed = "the file as CMake writes it",
					     .fix = "cmake " + database.parent_path().string()});
	std::vector<Source> sources;
	for (const auto &entry : entries) {
		Source source{.path = entry.value("file", ""),
			      .directory = entry.value("directory", ""),
			      .command = entry.value("command", "")};
		std::string below;
		if (!RE2::PartialMatch(source.command, option, &source.facts, &below))
			continue;
		source.editor = source.facts + below;
		sources.push_back(std::move(source));
	}
	return sources;
}

namespace
{

// The kcxx that builds the project provides the scripts. The shell parses the compiler's command.
Result<Child> start(const Source &source)
{
	return Child::start(
		{.argv = {"sh", "-c",
			  R"(. "$1/flags.sh" && exec sh "$KCXX_KBUILD/bindgen/editor-bindings.sh" "$1/flags.sh" "$2" "$3" )" +
				  source.command,
			  "sh", source.facts, source.editor, source.path},
		 .directory = source.directory});
}

/** Waits for @child, and returns whether it made bindings. */
Result<bool> finish(const Source &source, Child &child)
{
	std::string output;
	const auto end =
		child.read_lines(interrupt::Clock::time_point::max(), [&](std::string_view line) {
			output.append(line).append("\n");
			return true;
		});
	if (end == Child::End::interrupted)
		return std::unexpected(interrupted_error());
	if (child.wait() == 0)
		return true;
	terminal::print({.what = "no bindings for " + source.path});
	fmt::print(stderr, "{}", output);
	return false;
}

} // namespace

Result<unsigned> make_editor_bindings(const std::vector<Source> &sources, unsigned jobs)
{
	const terminal::Progress progress;
	std::deque<Child> running;
	std::size_t started = 0;
	unsigned failed = 0;
	for (std::size_t done = 0; done < sources.size(); ++done) {
		for (; started < sources.size() && running.size() < jobs; ++started) {
			running.push_back(TRY(start(sources[started])));
		}
		const auto name = fs::path(sources[done].path).filename().string();
		progress.show(name, 100.0 * static_cast<double>(done) /
					    static_cast<double>(sources.size()));
		const auto made = TRY(finish(sources[done], running.front()));
		failed += made ? 0 : 1;
		running.pop_front();
	}
	return failed;
}

} // namespace kcxx
