// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Owners that are known to be empty at one place of a function, so that their end does nothing.
#pragma once

#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <clang/AST/ExprCXX.h>
#include <set>

namespace kcxx::lint
{

/** Returns whether @temporary is a variable, which graphs of loops end as a temporary as well. */
bool is_a_variable(clang::ASTContext &ast, const clang::CXXBindTemporaryExpr &temporary);

/** Returns whether @temporary is given to a function that takes over its object. */
bool is_given_away(clang::ASTContext &ast, const clang::CXXBindTemporaryExpr &temporary);

/** The owners that are empty on all ways to one place: moved from, never filled, or asked. */
class EmptiedOwners
{
public:
	bool operator==(const EmptiedOwners &) const = default;

	[[nodiscard]] bool contains(const ObjectPath &object) const
	{
		return empty_.contains(object);
	}

	/** Notes the owners that @node empties, and those that it may fill. */
	void follow(Lint &lint, const clang::Stmt &node);

	/** Notes that @question, a call such as box.empty(), had @answer. */
	void assume(const clang::CXXMemberCallExpr &question, bool answer);

	/** Keeps those that are empty at the end of another way as well. */
	void join(const EmptiedOwners &other);

private:
	void declare(Lint &lint, const clang::VarDecl &variable);
	void called(Lint &lint, const clang::CallExpr &call);
	void may_be_filled(const clang::Expr *object);

	std::set<ObjectPath> empty_;
};

} // namespace kcxx::lint
