// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The members of one object that a callback reads and changes, where nothing orders it with others.
#pragma once

#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/StmtCXX.h>
#include <map>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** Returns whether nothing in the type of @field orders its users. */
bool is_unordered(Lint &lint, const clang::FieldDecl &field);

/** Returns what @node changes, of which the whole may be a member; nullptr: nothing. */
const clang::Expr *changed_by(Lint &lint, const clang::Stmt &node);

/** Returns the part of its object that @expression is a part of: array_[2] is one of array_. */
const clang::Expr *whole_of(const clang::Expr &expression);

/** A member of *this, and members of it on the way: state_.level. */
using MemberPath = std::vector<const clang::FieldDecl *>;

/** Where a member is used, and the locks that are held there. */
struct MemberUse {
	MemberPath member;
	clang::SourceLocation place;
	clang::SourceRange range;
	std::set<ObjectPath> locks;
	std::set<const clang::CallExpr *> started; // the watched calls that are before it
};

/** Returns whether one of the members is the other, or a part of it. */
bool overlap(const MemberPath &a, const MemberPath &b);

/** The uses of members that no wait or stop of the other side is before. */
class MemberUses
{
public:
	MemberUses(Lint &lint, const clang::CXXRecordDecl &record) : lint_(lint), record_(record) {}

	/** Notes of each use which of @calls are before it. Skips the lambdas that run @later. */
	void watch(std::set<const clang::CallExpr *> calls,
		   std::set<const clang::LambdaExpr *> later);

	/** Adds what @function uses, also in the functions of the class that it calls. */
	void add(const clang::CXXMethodDecl &function);
	/** Adds what the code of @body uses. */
	void add(const clang::Stmt &body);

	std::vector<MemberUse> changed;
	std::vector<MemberUse> used;               // read or changed
	std::set<const clang::CallExpr *> reached; // of the watched calls

private:
	struct State {
		std::set<ObjectPath> locks; // until the end of the block
		bool is_guarded = false;    // by an unknown lock; until the end of the block
		bool is_ordered = false;    // until the end of the function
		std::set<const clang::CallExpr *> started; // of the watched calls

		auto operator<=>(const State &) const = default;
	};

	void walk(const clang::Stmt *node, State &state);
	void block(const clang::Stmt &node, State &state);
	void branch(const clang::IfStmt &choice, State &state);
	void follow(const clang::CXXMethodDecl &called, State &state);
	void pass(const clang::CallExpr &call, State &state);
	void begin(const clang::DeclStmt &variables, State &state);
	void note_change(const clang::Stmt &node, const State &state);
	void note(std::vector<MemberUse> &uses, const clang::Expr *member, const State &state);
	MemberPath path_of(const clang::Expr *expression);
	[[nodiscard]] MemberPath path_of_name(const clang::ValueDecl &name, bool is_followed) const;
	bool changes_its_object(const clang::CXXMethodDecl &method) const;

	Lint &lint_;
	const clang::CXXRecordDecl &record_;
	std::set<std::pair<const clang::FunctionDecl *, State>> seen_;
	std::map<const clang::ValueDecl *, MemberPath> aliases_;  // references to members
	std::map<const clang::ValueDecl *, MemberPath> pointers_; // to what members have
	int depth_ = 0; // of the functions of other objects that lead here
	std::set<const clang::CallExpr *> watched_;
	std::set<const clang::LambdaExpr *> later_;
};

} // namespace kcxx::lint
