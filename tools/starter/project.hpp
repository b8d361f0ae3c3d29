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
	std::string name; // of the module, and of the directory
	std::string kind;
	bool dkms = false;
	std::filesystem::path kbuild; // of the kcxx that writes the project
};

/** The kinds of projects there are templates for. */
std::vector<std::string> kinds();

/** The name of the DKMS package: Debian's packages have no capitals and no _. */
std::string package_name(const Project &project);

/** Writes the project into a new directory of @parent: whole, or nothing. */
Result<void> write(const Project &project, const std::filesystem::path &parent);

} // namespace kcxx::starter
