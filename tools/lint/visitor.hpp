// SPDX-License-Identifier: GPL-2.0-only OR MIT
#pragma once

#include "lint/lint.hpp"

namespace kcxx::lint
{

/** Applies all rules to what the user wrote. */
void visit(Lint &lint);

} // namespace kcxx::lint
