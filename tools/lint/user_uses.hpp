// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Uses of numbers that user space must not decide on: sizes, indexes, shifts, bounds of loops.
#pragma once

#include "lint/user_calls.hpp"

namespace kcxx::lint
{

class UserUses
{
public:
	UserUses(Lint &lint, UserCalls &calls, UserNumbers &numbers)
	    : lint_(lint), calls_(calls), numbers_(numbers)
	{
	}

	/** Reports @index, of @object, if nothing has checked it. */
	void index(const clang::Expr &index, const clang::Expr &object, const clang::Expr &whole);

	/** Reports what @operation does: a shift, a sum of a pointer and a number. */
	void operation(const clang::BinaryOperator &operation);

	/** Reports a size that @call allocates, an index of its. */
	void call(const clang::CallExpr &call);

	/** Reports a bound in @condition that a counter of the loop with @body runs up to. */
	void bounds(const clang::Expr &condition, const clang::Stmt *step, const clang::Stmt &body);

private:
	void allocation(const clang::CallExpr &call, const clang::FunctionDecl &function);
	void part(const clang::CallExpr &call);
	void bound(const clang::BinaryOperator &comparison, const clang::Stmt *step,
		   const clang::Stmt &body);
	bool is_kept(const clang::Expr &condition, const clang::Stmt *step,
		     const clang::Stmt &body);
	bool is_long(const clang::Expr &count);

	Lint &lint_;
	UserCalls &calls_;
	UserNumbers &numbers_;
};

} // namespace kcxx::lint
