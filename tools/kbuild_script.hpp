// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Commands that are scripts of kbuild/.
#pragma once

#include "exit_status.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** Runs the script @name of kbuild/ in the place of this program; returns only if it cannot. */
ExitStatus become_script(const std::string &name, const std::vector<std::string> &arguments);

} // namespace kcxx
