// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Owners that an expression or a call gives away, so that they are empty behind it.
#pragma once

#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <optional>

namespace kcxx::lint
{

/** Returns whether an object of @type, a class of the library, is of no use when empty. */
bool is_owner(Lint &lint, clang::QualType type);

/** Returns the object of a function's own, or the member of one, that @expression names. */
std::optional<ObjectPath> place_of(const clang::Expr &expression);

/** Returns the object that std::move() takes in @expression. */
const clang::Expr *moved_in(const clang::Expr &expression);

/** Returns the owner that a constructor of the library's or of std gets by &&. */
const clang::Expr *moved_into(Lint &lint, const clang::CXXConstructExpr &made);

/** Returns the owner that @call gives to a container, where nothing asks for its error. */
const clang::Expr *given_away_by(Lint &lint, const clang::CallExpr &call);

/** Returns whether the code around @call asks whether it failed, where its arguments may stay. */
bool is_asked(clang::ASTContext &ast, const clang::CallExpr &call);

/** Returns whether @function gets owners that it can give away. */
bool gets_owners(const clang::FunctionDecl &function);

} // namespace kcxx::lint
