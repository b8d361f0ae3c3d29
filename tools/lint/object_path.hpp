// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The object that an expression names.
#pragma once

#include <clang/AST/Decl.h>
#include <clang/AST/Expr.h>
#include <optional>
#include <set>
#include <vector>

namespace kcxx::lint
{

/**
 * An object as the code of one function names it: a variable or *this, and members behind it. A
 * pointer stands for the object that it points to, so does an owner, such as a guard. A local
 * reference stands for the object that it is bound to.
 */
struct ObjectPath {
	const clang::ValueDecl *root = nullptr; // nullptr: *this
	std::vector<const clang::ValueDecl *> members;

	auto operator<=>(const ObjectPath &) const = default;

	/**
	 * Returns this object as it is named where the object @outer is @new_root; nothing if it is
	 * no part of @outer.
	 */
	[[nodiscard]] std::optional<ObjectPath> behind(const ObjectPath &outer,
						       const clang::ValueDecl *new_root) const;
};

/** Returns the variable that @expression names; nullptr for any other expression. */
const clang::VarDecl *named_variable(const clang::Expr &expression);

/** Returns the object that @expression names; nothing for an element, or the result of a call. */
std::optional<ObjectPath> object_path(const clang::Expr &expression);

/** Returns whether some object is in both. */
bool have_common(const std::set<ObjectPath> &one, const std::set<ObjectPath> &other);

} // namespace kcxx::lint
