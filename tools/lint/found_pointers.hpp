// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Pointers that a container of the library's returns: to an element, or null if there is none.
#pragma once

#include "lint/lint.hpp"

namespace kcxx::lint
{

/**
 * Returns whether @pointer is a variable with what get(), front(), back(), read() or unique() of
 * the library returned, and is not null here: a condition on the way tested it, and the variable
 * gets nothing else.
 */
bool is_found(Lint &lint, const clang::Expr &pointer);

} // namespace kcxx::lint
