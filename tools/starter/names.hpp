// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Checks the name of a new project.
#pragma once

#include "system/error.hpp"

namespace kcxx::starter
{

struct Project;

/** Refuses a name that the project's module cannot have, and suggests another one. */
Result<void> check_name(const Project &project);

} // namespace kcxx::starter
