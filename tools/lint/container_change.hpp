// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Calls that move or end elements of a container.
#pragma once

#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>

namespace kcxx::lint
{

/** The users of a container whom a change of it disturbs */
enum class Disturbed {
	walks,    // a loop over the container
	elements, // references to its elements, whichever they are
};

/**
 * Returns the container of the library's whose function @call calls, where that function disturbs
 * @what; nullptr for any other call.
 */
const clang::Expr *disturbed_by(Lint &lint, const clang::CallExpr &call, Disturbed what);

/** Returns the element that @call takes out of its container and ends; nullptr for any other call.
 */
const clang::Expr *ended_by(Lint &lint, const clang::CallExpr &call);

/**
 * Returns the guard whose lock @call releases for a while, as wait() of a WaitQueue does, so that
 * others may change what it guards; nullptr for any other call.
 */
const clang::Expr *guard_released_by(Lint &lint, const clang::CallExpr &call);

/**
 * Returns whether @record is a container of the library's, a base that has its functions, or the
 * owner of one object.
 */
bool is_container(Lint &lint, const clang::CXXRecordDecl &record);

/**
 * Returns whether the function that @call calls disturbs @what of @container, an object of the
 * caller: itself, or in the functions that it calls in turn. The user's functions in this source
 * are looked into.
 */
bool disturbs_within(Lint &lint, const clang::CallExpr &call, const ObjectPath &container,
		     Disturbed what);

} // namespace kcxx::lint
