// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members that keep a number of user space from one call to the next.
#pragma once

#include <clang/AST/ExprCXX.h>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** The members that an expression leads through, the last one first. */
struct MemberPlace {
	std::vector<const clang::FieldDecl *> fields;
	bool is_shared = false; // the object is no local one: another call of a function sees it
};

/** Returns the members in @expression, also those behind a guard, an owner or a reference. */
MemberPlace member_place(const clang::Expr *expression);

/** The members of one source that a function sets to a number which nothing has checked. */
class UserMembers
{
public:
	void add(const clang::FieldDecl &field) { fields_.insert(field.getCanonicalDecl()); }
	/** Adds the member that @target names, of an object that outlives the function. */
	void add(const clang::Expr &target);

	/** Returns whether @expression is such a member, or a part of one. */
	[[nodiscard]] bool has(const clang::Expr &expression) const;
	[[nodiscard]] bool has(const clang::FieldDecl &field) const
	{
		return fields_.contains(field.getCanonicalDecl());
	}
	[[nodiscard]] std::size_t size() const { return fields_.size(); }

private:
	std::set<const clang::FieldDecl *> fields_;
};

} // namespace kcxx::lint
