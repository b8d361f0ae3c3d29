// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Classes whose objects refer to others, and the constructors that calls of the library run.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <optional>

namespace kcxx::lint
{

/** Returns whether @type is a view of std's or the library's: a span, a text, a callable. */
bool is_pure_view(clang::QualType type);

/**
 * Returns whether an object of @type can refer to another that it does not own: a reference, a
 * pointer, a view, a class with such, or a container or an owner of them.
 */
bool can_keep(Lint &lint, clang::QualType type);

/** An object of a class of the user's that a function of the library makes */
struct Making {
	const clang::CXXRecordDecl *record;
	unsigned first; // of the arguments that its constructor gets
};

/** Returns what @call makes, as Box<T>::make() and emplace() do; nothing for other calls. */
std::optional<Making> making_of(Lint &lint, const clang::CallExpr &call);
/** Returns what @made makes of the arguments behind a std::in_place; nothing for others. */
std::optional<Making> making_of(Lint &lint, const clang::CXXConstructExpr &made);

/** Returns the constructor of @record that fits @arguments best; nullptr: none fits. */
const clang::CXXConstructorDecl *constructor_for(const clang::CXXRecordDecl &record,
						 llvm::ArrayRef<const clang::Expr *> arguments);

} // namespace kcxx::lint
