// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The names that a new project can have.
#pragma once

#include "system/error.hpp"

namespace kcxx::starter
{

struct Project;

/** Refuses a name that the project's module cannot have, with another one to take. */
Result<void> check_name(const Project &project);

} // namespace kcxx::starter
