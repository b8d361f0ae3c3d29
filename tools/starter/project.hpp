// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A new project of one module.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kcxx::starter
{

struct Project {
	std::string name; // name of the module and of the directory
	std::string kind;
	bool dkms = false;
	std::filesystem::path kbuild; // kbuild/ of the kcxx that writes the project
};

/** Returns the kinds of projects that have templates. */
std::vector<std::string> kinds();

/** Returns the name of the DKMS package, without capitals and '_', which Debian's names must not
 * have. */
std::string package_name(const Project &project);

/** Writes the project into a new directory of @parent, completely or not at all. */
Result<void> write(const Project &project, const std::filesystem::path &parent);

} // namespace kcxx::starter
