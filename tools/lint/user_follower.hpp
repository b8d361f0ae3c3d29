// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Numbers from user space within one function: each way through it is followed, with what the
// conditions on it tell.
#pragma once

#include "lint/user_calls.hpp"
#include "lint/user_texts.hpp"
#include "lint/user_uses.hpp"

#include <vector>

namespace kcxx::lint
{

/** Follows the values of one function, in the order in which they are written. */
class UserFollower
{
public:
	using Facts = UserNumbers::Facts;

	UserFollower(Lint &lint, UserCalls &calls, const clang::FunctionDecl &function,
		     const Facts &given);

	/** Follows the function from its beginning to its ends. */
	UserResult follow();

private:
	/** The facts at one return of the function. */
	struct Exit {
		Facts facts;
		UserValue value;
	};

	void statement(const clang::Stmt *node);
	void children(const clang::Stmt &node);
	void declaration(const clang::DeclStmt &declared);
	void branch(const clang::IfStmt &choice);
	void fork(const clang::Expr *condition, const clang::Stmt *first,
		  const clang::Stmt *second);
	void selected(const clang::SwitchStmt &cases);
	void other_cases(const clang::DefaultStmt &rest);
	void repeated(const clang::Stmt &node);
	void end_loop();
	void value(const clang::Expr &node);
	void lambda(const clang::LambdaExpr &lambda);
	void operation(const clang::BinaryOperator &binary);
	void assigned(const clang::Expr &target, const clang::Expr &value);
	[[nodiscard]] bool is_get_user(const clang::BinaryOperator &binary) const;
	void counted_down(const clang::Stmt &node);
	void called(const clang::CallExpr &call);
	void constructed(const clang::CXXConstructExpr &made);
	void listed(const clang::InitListExpr &list);
	void initialised(const clang::CXXConstructorDecl &constructor);
	void returned(const clang::ReturnStmt &end);
	UserResult result();

	Lint &lint_;
	UserCalls &calls_;
	const clang::FunctionDecl &function_;
	Conditions conditions_;
	UserNumbers numbers_;
	UserUses uses_;
	UserTexts texts_;
	std::vector<std::vector<Facts>> breaks_; // what is known at the breaks of each loop
	std::vector<Exit> exits_;
	bool in_lambda_ = false;
	/** The number that a switch looks at, and its value before */
	std::pair<const clang::Expr *, UserValue> selected_;
};

} // namespace kcxx::lint
