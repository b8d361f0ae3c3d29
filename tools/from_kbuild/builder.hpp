// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs the makefiles of a project, and records each call of Kbuild.
#pragma once

#include "from_kbuild/own_build.hpp"
#include "system/child.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <thread>
#include <vector>

namespace kcxx::from_kbuild
{

/** A way to build a project: a command that the shell runs in it. */
struct Way {
	std::string command;
	int jobs = static_cast<int>(
		std::max(1U, std::thread::hardware_concurrency())); // KCXX_JOBS of make.sh
	std::string before;                                         // a script that DKMS runs first
	bool of_makefile = false;
	std::string shell = "sh";
};

/** Runs the ways to build, with kcxx's make first in PATH. */
class Builder
{
public:
	Builder(const WorkingCopy &copy, const Kernel &kernel) : copy_(copy), kernel_(kernel) {}

	/** Writes the files that make needs. */
	Result<void> prepare(const std::filesystem::path &kbuild);

	/** Returns the commands that 'make install' would run in @project; nothing if it has no
	 * such rule. */
	Result<std::vector<std::string>> install_steps(const std::filesystem::path &project);

	/** Builds @project by @way, and returns the record of its calls of Kbuild. */
	Result<OwnBuild> take(const Way &way, const std::filesystem::path &project);

private:
	[[nodiscard]] Command command(const Way &way, const std::filesystem::path &project) const;
	[[nodiscard]] std::filesystem::path calls() const
	{
		return copy_.own() / fmt::format("calls-{}", taken_);
	}
	Result<void> read_calls(OwnBuild &build) const;

	const WorkingCopy &copy_; // NOLINT(*-ref-data-members): lives within build_itself()
	const Kernel &kernel_;    // NOLINT(*-ref-data-members): lives within build_itself()
	std::string variables_;
	unsigned taken_ = 0;
};

} // namespace kcxx::from_kbuild
