// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a project has besides modules: none of it is carried to CMake.
#pragma once

#include "from_kbuild/own_build.hpp"

#include <string>
#include <vector>

namespace kcxx::from_kbuild
{

/**
 * A remark on each: programs, generated files, rules for installation, conditions in makefiles of
 * which the branch for @kernel was taken.
 */
std::vector<std::string> surroundings(const OwnBuild &build, const WorkingCopy &copy,
				      const Kernel &kernel);

} // namespace kcxx::from_kbuild
