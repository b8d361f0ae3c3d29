// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The files that Kbuild leaves in a project.
#pragma once

#include <filesystem>

namespace kcxx
{

/** Returns whether the name of @path is that of a file that Kbuild makes, or hidden. */
bool is_made_by_kbuild(const std::filesystem::path &path);

} // namespace kcxx
