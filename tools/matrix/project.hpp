// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds the project of a matrix.
#pragma once

#include "matrix/model.hpp"
#include "system/error.hpp"

namespace kcxx::matrix
{

/** Returns the project in @directory: of CMake if it has a CMakeLists.txt, else of Kbuild. */
Result<Project> find_project(const std::filesystem::path &directory);

/** Returns the Kbuild file in @directory: Kbuild, or Makefile. */
std::filesystem::path kbuild_file(const std::filesystem::path &directory);

} // namespace kcxx::matrix
