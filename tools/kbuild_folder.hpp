// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds the folder kbuild/ that belongs to this program.
#pragma once

#include "system/error.hpp"

#include <filesystem>

namespace kcxx
{

/** Returns kbuild/ of the installation, or else of the tree from which the program was built. */
Result<std::filesystem::path> find_kbuild_folder();

/** Returns the path of this program. */
std::filesystem::path own_program();

} // namespace kcxx
