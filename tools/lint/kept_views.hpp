// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members that keep views of others.
#pragma once

#include "lint/lint.hpp"

#include <array>
#include <clang/AST/Expr.h>

namespace kcxx::lint
{

/** Functions by which a container or an optional gets an object */
inline constexpr std::array<llvm::StringRef, 11> adding = {
	"push",        "push_back",    "push_front",   "force_push_back",
	"emplace",     "emplace_back", "insert",       "insert_or_assign",
	"try_emplace", "set",          "emplace_front"};

/** Returns whether @object is a member of *this that refers to others, as a pointer, a view does.
 */
bool is_view_of_this(Lint &lint, const clang::Expr &object);

/** Returns whether @object is a container or an optional that holds views, a member of *this. */
bool holds_views_of_this(Lint &lint, const clang::Expr &object);

} // namespace kcxx::lint
