// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The objects that a pointer, a reference or a view refers to, as one function shows them.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <set>

namespace kcxx::lint
{

/** Returns whether an object of @type refers to others that it does not own: a pointer, a view. */
bool is_view(Lint &lint, clang::QualType type);

/** The objects that a value refers to. Those that live as long as the module are left out. */
class ViewedObjects
{
public:
	/** The objects of the owners @owned are left out as well: they live as long as the value.
	 */
	ViewedObjects(Lint &lint, std::set<const clang::VarDecl *> owned = {})
	    : lint_(lint), owned_(std::move(owned))
	{
	}

	/** Adds what @expression, a pointer, a view or an object with such, refers to. */
	void add_value(const clang::Expr &expression);
	/** Adds what @variable refers to: the value that it is made of. */
	void add_value(const clang::VarDecl &variable);
	/** Adds @expression, or @variable, which is an object itself. */
	void add_object(const clang::Expr &expression);
	void add_object(const clang::VarDecl &variable);

	/** The function's own objects, which end with it */
	[[nodiscard]] const std::set<const clang::VarDecl *> &locals() const { return locals_; }
	/** Whether there are objects that only the function's caller knows */
	[[nodiscard]] bool has_foreign() const { return has_foreign_; }
	/** Whether there are elements of a container that is a member of *this */
	[[nodiscard]] bool has_element_of_member() const { return has_element_of_member_; }
	/** Whether there is *this, or a part of it that moves with it */
	[[nodiscard]] bool has_part_of_this() const { return has_part_of_this_; }

private:
	void add_call(const clang::CallExpr &call);
	void add_captures(const clang::LambdaExpr &lambda);
	void add_argument(const clang::Expr &argument);
	bool is_done(const clang::VarDecl &variable);

	Lint &lint_;
	std::set<const clang::VarDecl *> owned_;
	std::set<const clang::VarDecl *> seen_;
	std::set<const clang::VarDecl *> locals_;
	bool has_foreign_ = false;
	bool has_element_of_member_ = false;
	bool has_part_of_this_ = false;
};

} // namespace kcxx::lint
