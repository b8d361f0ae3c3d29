// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The next commands for a new project.
#pragma once

#include <string>

namespace kcxx::starter
{

struct Project;

/** Returns the commands that build and boot @project, for the kcxx that wrote it. */
std::string next_steps(const Project &project);

} // namespace kcxx::starter
