// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Replaces paths of the copy and of the kernel in flags, so that they are valid on every machine.
#pragma once

#include "from_kbuild/flags.hpp"
#include "from_kbuild/own_build.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace kcxx::from_kbuild
{

class Relocation
{
public:
	Relocation(const OwnBuild &build, const WorkingCopy &copy, const Kernel &kernel);

	/** Returns @flag with marks for the folders. */
	[[nodiscard]] Flag apply(Flag flag) const;

	/** Returns @words, flags of the empty project, with the paths of the project. */
	[[nodiscard]] Words of_project(Words words) const;

private:
	[[nodiscard]] std::string marked(std::string text) const;
	[[nodiscard]] std::string marked_path(const std::string &text) const;

	std::vector<std::pair<std::string, char>> folders_; // the longest first
	std::filesystem::path directory_;                   // in which compilers run
	std::filesystem::path project_;
	std::filesystem::path empty_;
};

} // namespace kcxx::from_kbuild
