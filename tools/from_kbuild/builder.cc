// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/builder.hpp"

#include "from_kbuild/scripts.hpp"
#include "system/file.hpp"
#include "system/terminal.hpp"

#include <cstdlib>
#include <ranges>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

// uname -r must print the release of the chosen kernel.
constexpr std::string_view uname = R"(#!/bin/sh
[ "$*" = -r ] || PATH=${{PATH#*:}} exec uname "$@"
echo '{}'
)";

// "foo.c:3: error: …", "make: *** …"
bool is_complaint(std::string_view line)
{
	return line.contains("rror: ") || line.contains("ERROR: ") || line.contains("*** ");
}

} // namespace

Result<void> Builder::prepare(const fs::path &kbuild)
{
	std::error_code error;
	const auto programs = copy_.own() / "bin";
	fs::create_directories(programs, error);
	const std::pair<fs::path, std::string> files[] = {
		{copy_.own() / "list-objects.mk", std::string(object_lister())},
		{programs / "make", std::string(make_stand_in())},
		{programs / "gmake", std::string(make_stand_in())},
		{programs / "uname", fmt::format(fmt::runtime(uname), kernel_.release)},
	};
	for (const auto &[path, text] : files) {
		TRY(write_file(path, text));
		fs::permissions(path, fs::perms::owner_exec, fs::perm_options::add, error);
	}
	const auto finished =
		TRY(run({.argv = {"sh", kbuild / "make-variables.sh", kernel_.build}}));
	variables_ = finished.output;
	return {};
}

Command Builder::command(const Way &way, const fs::path &project) const
{
	const char *path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): one thread
	return {.argv = {"env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL",
			 fmt::format("PATH={}:{}", (copy_.own() / "bin").string(),
				     path != nullptr ? path : ""),
			 "KCXX_REAL_MAKE=" + find_program("make").string(),
			 "KCXX_KERNEL=" + kernel_.build.string(), "KCXX_VARIABLES=" + variables_,
			 fmt::format("KCXX_JOBS={}", way.jobs),
			 "KCXX_LISTER=" + (copy_.own() / "list-objects.mk").string(),
			 "KCXX_PROJECT=" + project.string(), "KCXX_CALLS=" + calls().string(),
			 way.shell, "-c",
			 fmt::format("cd \"$KCXX_PROJECT\" && {{ {} {}; }}",
				     way.before.empty() ? "" : "./" + way.before + ";",
				     way.command)}};
}

Result<OwnBuild> Builder::take(const Way &way, const fs::path &project)
{
	++taken_;
	std::error_code error;
	fs::create_directories(calls(), error);
	OwnBuild build{.command = way.command};
	auto child = TRY(Child::start(command(way, project)));
	const terminal::Progress progress;
	std::string last;
	size_t lines = 0;
	const auto end =
		child.read_lines(interrupt::Clock::time_point::max(), [&](std::string_view line) {
			if (build.complaint.empty() && is_complaint(line))
				build.complaint = line;
			if (!line.empty())
				last = line;
			progress.show(fmt::format("the project builds itself in a copy: {} lines",
						  ++lines));
			return true;
		});
	if (end == Child::End::interrupted) {
		child.terminate(std::chrono::seconds(5));
		return std::unexpected(interrupted_error());
	}
	if (child.wait() != 0 && build.complaint.empty())
		build.complaint = last;
	TRY(read_calls(build));
	return build;
}

Result<std::vector<std::string>> Builder::install_steps(const fs::path &project)
{
	++taken_;
	std::error_code error;
	fs::create_directories(calls(), error);
	const auto finished =
		TRY(run(command({.command = "make -n install", .jobs = -1}, project)));
	std::vector<std::string> steps;
	if (finished.status != 0)
		return steps;
	for (const auto part : std::views::split(finished.output, '\n')) {
		const std::string line{std::string_view(part)};
		const auto has = [&](std::string_view word) { return line.contains(word); };
		if (!line.empty() && !has("modules_install") && !has("depmod") && !has(".ko") &&
		    !has("/lib/modules/") && !has("make[") && !has("/.kcxx/bin/make") &&
		    !has(" M=") && !line.starts_with("make: ") && line != "true" && line != ":" &&
		    !line.starts_with("echo "))
			steps.push_back(line);
	}
	return steps;
}

Result<void> Builder::read_calls(OwnBuild &build) const
{
	std::error_code error;
	build.succeeded = true;
	for (unsigned number = 0; fs::exists(calls() / std::to_string(number), error); ++number) {
		const auto name = calls() / std::to_string(number);
		const auto text = TRY(read_file(name));
		add_call(read_record(text), build.record);
		if (const auto more = read_file(name.string() + ".if"))
			std::ranges::copy(read_record(*more).conditions,
					  std::back_inserter(build.record.conditions));
		const auto status = read_file(name.string() + ".status");
		build.succeeded = build.succeeded && status && *status == "0\n";
	}
	return {};
}

} // namespace kcxx::from_kbuild
