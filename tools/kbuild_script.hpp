// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Executes scripts of kbuild/ for commands.
#pragma once

#include "exit_status.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** Replaces this program with the script @name of kbuild/; returns only on failure. */
ExitStatus become_script(const std::string &name, const std::vector<std::string> &arguments);

} // namespace kcxx
