// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Translates a dkms.conf to add_dkms_package().
#pragma once

#include "from_kbuild/project.hpp"

#include <string>
#include <vector>

namespace kcxx::from_kbuild
{

/** Returns the call of add_dkms_package() for @project, which has a dkms.conf; adds to its remarks.
 */
std::string dkms_package(Project &project, const std::filesystem::path &folder);

} // namespace kcxx::from_kbuild
