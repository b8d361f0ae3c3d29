// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The conditions of a function: which variables are tested, and whether two of them may agree.
#pragma once

#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>
#include <map>

namespace kcxx::lint
{

class Conditions
{
public:
	explicit Conditions(const clang::Stmt *body)
	{
		if (body != nullptr)
			note(*body);
	}

	/** Returns whether @branch changes what a condition of the function tests: if (n > most)
	 * error = true; */
	[[nodiscard]] bool is_told(const clang::Stmt *branch) const;

	/** Returns whether another condition of the function may agree with @condition: both test
	 * the same, or call a function. */
	[[nodiscard]] bool may_agree(const clang::Stmt &condition) const;

private:
	void note(const clang::Stmt &node);
	void note_names(const clang::Stmt &condition);
	[[nodiscard]] unsigned tests_of(const clang::Expr &expression) const;

	std::map<const clang::ValueDecl *, unsigned> tests_;
};

/** Returns whether nothing behind @statement is reached: it returns, breaks, goes elsewhere. */
bool leaves(const clang::Stmt *statement);

/** Returns whether @node or a part of it, which is no lambda, changes @variable. */
bool changes(const clang::Stmt &node, const clang::ValueDecl &variable);

} // namespace kcxx::lint
