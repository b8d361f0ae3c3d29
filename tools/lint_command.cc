// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx lint: runs lint-cxx.sh, and so kcxx-lint, on the C++ sources of a build directory, and
// prints what it found in one order. Only kcxx-lint needs Clang's libraries.
#include "commands.hpp"
#include "compile_database.hpp"
#include "kbuild_folder.hpp"
#include "system/child.hpp"
#include "system/terminal.hpp"

#include <algorithm>
#include <deque>
#include <fmt/core.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>
#include <tuple>
#include <utility>

namespace kcxx
{

namespace
{

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Options {
	std::string directory;
	bool unsafe = false;
	std::string format = "text";
	unsigned jobs = std::max(1U, std::thread::hardware_concurrency());

	[[nodiscard]] bool json() const { return format == "json"; }
};

/** Entries by file, line, column and rule: a header that several sources include has them once. */
using Entries = std::map<std::tuple<std::string, unsigned, unsigned, std::string>, Json>;

struct Checked {
	fs::path database;
	std::size_t sources = 0;
	unsigned refused = 0; // by Clang
	Entries findings;
	Entries blocks; // KCXX_UNSAFE
};

Result<fs::path> find_checker()
{
	auto program = own_program().parent_path() / "kcxx-lint";
	if (std::error_code ignored; fs::exists(program, ignored))
		return program;
	return std::unexpected(
		Error{.status = ExitStatus::unavailable,
		      .what = "kcxx was built without kcxx lint",
		      .found = "no " + program.string(),
		      .needed = "Clang's libraries where kcxx is built",
		      .fix = "apt install libclang-19-dev llvm-19-dev, and build kcxx anew"});
}

// The shell parses the compiler's command.
Result<Child> start(const Source &source, const fs::path &script, const fs::path &checker)
{
	return Child::start(
		{.argv = {"sh", "-c",
			  R"(KCXX_LINT=$3; export KCXX_LINT; exec sh "$1" --all "$2/flags.sh" )" +
				  source.command,
			  "sh", script, source.facts, checker},
		 .directory = source.directory});
}

void note(Checked &checked, Json entry)
{
	const bool block = entry["kind"] == "unsafe";
	entry.erase("kind");
	(block ? checked.blocks : checked.findings)
		.try_emplace({entry["file"], entry["line"], entry["column"],
			      block ? "" : std::string(entry["id"])},
			     std::move(entry));
}

/** Waits for @child, and notes what it found. */
Result<void> finish(const Source &source, Child &child, Checked &checked)
{
	std::string errors;
	const auto end =
		child.read_lines(interrupt::Clock::time_point::max(), [&](std::string_view line) {
			auto entry = Json::parse(line, nullptr, false);
			if (entry.is_object())
				note(checked, std::move(entry));
			else
				errors.append(line).append("\n");
			return true;
		});
	if (end == Child::End::interrupted)
		return std::unexpected(interrupted_error());
	if (child.wait() <= 1)
		return {};
	checked.refused++;
	terminal::print({.what = source.path + " was not checked: Clang refuses it"});
	fmt::print(stderr, "{}", errors);
	return {};
}

Result<Checked> check(const Options &options)
{
	const auto checker = TRY(find_checker());
	const auto script = TRY(find_kbuild_folder()) / "lint-cxx.sh";
	Checked checked{.database = TRY(find_database(options.directory, "lint"))};
	const auto sources = TRY(read_database(checked.database));
	checked.sources = sources.size();
	TRY(make_editor_bindings(sources, options.jobs));
	const terminal::Progress progress;
	std::deque<Child> running;
	std::size_t started = 0;
	for (std::size_t done = 0; done < sources.size(); ++done) {
		for (; started < sources.size() && running.size() < options.jobs; ++started)
			running.push_back(TRY(start(sources[started], script, checker)));
		progress.show(fs::path(sources[done].path).filename().string(),
			      100.0 * static_cast<double>(done) /
				      static_cast<double>(sources.size()));
		TRY(finish(sources[done], running.front(), checked));
		running.pop_front();
	}
	return checked;
}

std::string counted(std::size_t number, std::string_view what)
{
	return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string place_of(const Json &entry)
{
	return fmt::format("{}:{}", std::string(entry["file"]), int(entry["line"]));
}

void print_findings(const Checked &checked)
{
	for (const auto &[key, finding] : checked.findings)
		fmt::print("{}: kcxx: {} [{}]\n  found:  {}\n  needed: {}\n  write instead: {}\n",
			   place_of(finding), std::string(finding["what"]),
			   std::string(finding["id"]), std::string(finding["found"]),
			   std::string(finding["needed"]), std::string(finding["rewrite"]));
	fmt::print("{}: {} in {}\n", checked.database.string(),
		   counted(checked.findings.size(), "finding"),
		   counted(checked.sources, "C++ source"));
}

void print_blocks(const Checked &checked)
{
	for (const auto &[key, block] : checked.blocks) {
		std::string rules;
		for (const auto &rule : block["rules"])
			rules += fmt::format("{}{}", rules.empty() ? "" : ", ", std::string(rule));
		fmt::print("{}: {} [{}]\n", place_of(block), std::string(block["reason"]),
			   rules.empty() ? "nothing that is refused" : rules);
	}
	fmt::print("{}: {} in {}\n", checked.database.string(),
		   counted(checked.blocks.size(), "KCXX_UNSAFE block"),
		   counted(checked.sources, "C++ source"));
}

Json values(const Entries &entries)
{
	auto list = Json::array();
	for (const auto &[key, entry] : entries)
		list.push_back(entry);
	return list;
}

ExitStatus lint(const Options &options)
{
	const auto checked = check(options);
	if (!checked) {
		terminal::print(checked.error());
		return checked.error().status;
	}
	if (options.json())
		fmt::print("{}\n", Json{{"sources", checked->sources},
					{"refused", checked->refused},
					{"findings", values(checked->findings)},
					{"unsafe", values(checked->blocks)}}
					   .dump(2));
	else if (options.unsafe)
		print_blocks(*checked);
	else
		print_findings(*checked);
	if (checked->refused != 0)
		return ExitStatus::input;
	return checked->findings.empty() || options.unsafe ? ExitStatus::ok : ExitStatus::findings;
}

} // namespace

command_line::Command lint_command()
{
	const auto options = std::make_shared<Options>();
	return {.name = "lint",
		.summary = "Check every C++ source of a build directory by kcxx's own rules",
		.options =
			{{.names = "directory",
			  .target = &options->directory,
			  .help = "the build directory of a CMake project, a directory that Kbuild "
				  "built, or compile_commands.json; default: build, or this one",
			  .kind = command_line::Kind::existing_path},
			 {.names = "--unsafe",
			  .target = &options->unsafe,
			  .help = "list and count the KCXX_UNSAFE blocks, for a review: place, "
				  "reason, and the rules that each breaks"},
			 command_line::format_option(options->format),
			 {.names = "-j,--jobs",
			  .target = &options->jobs,
			  .help = "as many at once; default: all processors",
			  .value = "N",
			  .range = {{1, 1024}}}},
		.epilogue = fmt::format("Rules kcxx-safe-... are those of files that are KCXX_SAFE "
					"(<kernel/safe.hpp>), "
					"all others of every file.\n"
					"Exit status: {} no finding; {} findings; {} Clang refuses "
					"a source; {} kcxx was "
					"built without Clang's libraries.",
					std::to_underlying(ExitStatus::ok),
					std::to_underlying(ExitStatus::findings),
					std::to_underlying(ExitStatus::input),
					std::to_underlying(ExitStatus::unavailable)),
		.run = [options] { return lint(*options); }};
}

} // namespace kcxx
