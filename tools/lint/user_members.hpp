// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members that keep a number of user space from one call to the next.
#pragma once

#include "lint/user_value.hpp"

#include <clang/AST/ExprCXX.h>
#include <map>
#include <optional>
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
	/** Adds @field, which gets @number. */
	void add(const clang::FieldDecl &field, const UserValue &number);
	/** Adds the member that @target names, of an object that outlives the function. */
	void add(const clang::Expr &target, const UserValue &number);

	/** Returns what is known of @expression if it is such a member, or a part of one. */
	[[nodiscard]] std::optional<UserValue> of(const clang::Expr &expression) const;
	[[nodiscard]] std::optional<UserValue> of(const clang::FieldDecl &field) const;

	/** Returns how often something new was found. */
	[[nodiscard]] std::size_t revision() const { return revision_; }

private:
	void add_field(const clang::FieldDecl &field, bool may_be_zero);

	std::map<const clang::FieldDecl *, bool> fields_; // and whether they may be zero
	std::size_t revision_ = 0;
};

} // namespace kcxx::lint
