// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The CMakeLists.txt of a project that was read from Kbuild files.
#pragma once

#include "from_kbuild/project.hpp"

#include <string>

namespace kcxx::from_kbuild
{

/** Returns the text, which begins with the remarks of @project; adds remarks about DKMS. */
std::string cmake_lists(Project &project, const std::filesystem::path &folder);

} // namespace kcxx::from_kbuild
