// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds the project that a built module comes from.
#pragma once

#include "matrix/model.hpp"
#include "system/error.hpp"

#include <string>
#include <vector>

namespace kcxx::matrix
{

struct BuiltProject {
	Project project;
	std::filesystem::path products;       // the directory that it was built in
	std::vector<std::string> definitions; // NAME=VALUE of its CMake cache, without the kernel
};

/**
 * Returns the project of the module @file: of CMake if a directory above it is a build directory of
 * CMake, of Kbuild if one has a Kbuild file with obj-m; the nearest counts. Error, of status input:
 * there is none.
 */
Result<BuiltProject> project_of_module(const std::filesystem::path &file);

} // namespace kcxx::matrix
