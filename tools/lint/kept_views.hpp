// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members that keep views of others.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/Expr.h>

namespace kcxx::lint
{

/** Returns whether a container or an optional gets a value by a function of the name @function. */
bool is_adding(llvm::StringRef function);

/** Returns whether @object is a member of *this that refers to others, as a pointer, a view does.
 */
bool is_view_of_this(Lint &lint, const clang::Expr &object);

/** Returns whether @object is a container or an optional that holds views, a member of *this. */
bool holds_views_of_this(Lint &lint, const clang::Expr &object);

} // namespace kcxx::lint
