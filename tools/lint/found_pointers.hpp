// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Pointers that a container of the library's returns: to an element, or null if there is none.
#pragma once

#include "lint/lint.hpp"

namespace kcxx::lint
{

/**
 * Returns whether @pointer is a variable with what get(), front(), back(), read(), unique() or
 * std::get_if() returned, or with an iterator of a container, and is not null or the end here: a
 * condition on the way tested it, and the variable gets nothing else. What try_emplace() and its
 * like return is an element.
 */
bool is_found(Lint &lint, const clang::Expr &pointer);

/** Returns whether @pointer is a variable that walks a container, whose iterators are pointers. */
bool is_iterator(Lint &lint, const clang::Expr &pointer);

} // namespace kcxx::lint
