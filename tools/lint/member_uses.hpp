// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The members of one object that a callback reads and changes, where nothing orders it with others.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <map>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** A member of *this, and members of it on the way: state_.level. */
using MemberPath = std::vector<const clang::FieldDecl *>;

/** Where a member is used. */
struct MemberUse {
	clang::SourceLocation place;
	clang::SourceRange range;
};

/** The uses of members, one for each, that no guard, wait or stop of the other side is before. */
class MemberUses
{
public:
	MemberUses(Lint &lint, const clang::CXXRecordDecl &record) : lint_(lint), record_(record) {}

	/** Adds what @function uses, also in the functions of the class that it calls. */
	void add(const clang::CXXMethodDecl &function);
	/** Adds what the code of @body uses. */
	void add(const clang::Stmt &body);

	std::map<MemberPath, MemberUse> changed;
	std::map<MemberPath, MemberUse> used; // read or changed

private:
	struct State {
		bool is_guarded = false; // until the end of the block
		bool is_ordered = false; // until the end of the function
	};

	void walk(const clang::Stmt *node, State &state);
	void block(const clang::Stmt &node, State &state);
	void follow(const clang::CXXMethodDecl &function, State &state);
	void begin(const clang::DeclStmt &variables, State &state);
	void note_change(const clang::Stmt &node);
	void note(std::map<MemberPath, MemberUse> &uses, const clang::Expr *member);

	Lint &lint_;
	const clang::CXXRecordDecl &record_;
	std::set<std::pair<const clang::FunctionDecl *, bool>> seen_;
};

} // namespace kcxx::lint
