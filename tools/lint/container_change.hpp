// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Calls that move or end elements of a container.
#pragma once

#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <clang/AST/ExprCXX.h>

namespace kcxx::lint
{

/**
 * Returns whether @call is of a member function of the library's containers that ends elements, or
 * that adds to a container whose elements move.
 */
bool changes_its_container(Lint &lint, const clang::CXXMemberCallExpr &call);

/**
 * Returns whether the function that @call calls changes @container, an object of the caller:
 * itself, or in the functions that it calls in turn. The user's functions in this source are looked
 * into.
 */
bool changes_within(Lint &lint, const clang::CallExpr &call, const ObjectPath &container);

} // namespace kcxx::lint
