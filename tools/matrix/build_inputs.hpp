// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The inputs of the build of a pair.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kcxx::matrix
{

/** The files that a build has read outside of the project and of its own directory. */
struct BuildInputs {
	std::vector<std::filesystem::path>
		files; // files, and directories for what is added to them
	std::vector<std::filesystem::path>
		trees; // the kernel's and kcxx's: every file below counts

	/** Returns a text that changes with them; "" if one of them is younger than @before. */
	[[nodiscard]] std::string
	state(std::optional<std::filesystem::file_time_type> before = std::nullopt) const;
};

/**
 * Reads from Ninja what the objects in @build and its configuration were made of, and from kcxx
 * what Kbuild's flags were, without the files below @project, whose contents content_of_project()
 * adds. Returns nothing if that is not known: another generator than Ninja.
 */
std::optional<BuildInputs> read_build_inputs(const std::filesystem::path &build,
					     const std::filesystem::path &project);

/**
 * Returns a text that changes with the names and contents of the project's files, except those of
 * build directories, of @output and of version control. Returns nothing for a project of more than
 * 64 MiB, of which to read all costs more than a build.
 */
std::optional<std::string> content_of_project(const std::filesystem::path &project,
					      const std::filesystem::path &output);

/** Returns a text that changes with the environment of the build: all variables, except those that
 * differ from terminal to terminal. */
std::string environment_of_builds();

} // namespace kcxx::matrix
