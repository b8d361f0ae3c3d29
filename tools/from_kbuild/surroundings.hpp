// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The parts of a project besides modules, which are not translated to CMake.
#pragma once

#include "from_kbuild/own_build.hpp"

#include <string>
#include <vector>

namespace kcxx::from_kbuild
{

/**
 * Returns a remark on each: programs, generated files, rules for installation, and conditions in
 * makefiles, for which the build took the branch for @kernel.
 */
std::vector<std::string> surroundings(const OwnBuild &build, const WorkingCopy &copy,
				      const Kernel &kernel);

} // namespace kcxx::from_kbuild
