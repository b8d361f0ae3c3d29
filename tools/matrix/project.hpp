// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Whose modules a matrix is of.
#pragma once

#include "matrix/model.hpp"
#include "system/error.hpp"

namespace kcxx::matrix
{

/** The project in @directory: of CMake if it has a CMakeLists.txt, else of Kbuild. */
Result<Project> find_project(const std::filesystem::path &directory);

/** The file that @project's Kbuild part is in: Kbuild, or Makefile. */
std::filesystem::path kbuild_file(const std::filesystem::path &directory);

} // namespace kcxx::matrix
