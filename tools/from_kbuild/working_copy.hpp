// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A copy of a project, in which the project builds itself, so that the original stays unchanged.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx::from_kbuild
{

/** The copy, and a folder for kcxx next to it. The destructor removes both. */
class WorkingCopy
{
public:
	/** Copies @project, an absolute path, into a directory of its own below TMPDIR. */
	static Result<WorkingCopy> make(const std::filesystem::path &project);

	WorkingCopy(WorkingCopy &&other) noexcept;
	WorkingCopy &operator=(WorkingCopy &&other) = delete;
	WorkingCopy(const WorkingCopy &) = delete;
	WorkingCopy &operator=(const WorkingCopy &) = delete;
	~WorkingCopy();

	/** Returns the copy, which has the name of the project. */
	[[nodiscard]] const std::filesystem::path &project() const { return project_; }

	/** Returns the folder for kcxx's own files. */
	[[nodiscard]] std::filesystem::path own() const { return directory_ / ".kcxx"; }

	/** Returns the files in the copy that the project lacks, relative to the copy. */
	[[nodiscard]] std::vector<std::filesystem::path> new_files() const;

private:
	WorkingCopy(std::filesystem::path directory, std::filesystem::path original);

	std::filesystem::path directory_;
	std::filesystem::path original_;
	std::filesystem::path project_;
};

} // namespace kcxx::from_kbuild
