// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where the folder kbuild/ is that this program belongs to.
#pragma once

#include "system/error.hpp"

#include <filesystem>

namespace kcxx
{

/** Beside the installed program, else in the tree it was built from. */
Result<std::filesystem::path> find_kbuild_folder();

/** This program's own file. */
std::filesystem::path own_program();

} // namespace kcxx
