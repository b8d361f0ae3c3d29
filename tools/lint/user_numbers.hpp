// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Which values of a function come from user space, and which of them a check has bounded.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <map>
#include <string>

namespace kcxx::lint
{

/** The state of a value. */
enum class Number {
	own,       // not of user space, or made harmless
	bounded,   // of user space, behind a check, which a processor may pass on trial
	unchecked, // of user space
};

class UserNumbers
{
public:
	explicit UserNumbers(Lint &lint) : lint_(lint) {}

	/** Returns the state of the value of @expression. */
	Number of(const clang::Expr *expression);

	/** Notes that @target now has the value of state @number. */
	void set(const clang::Expr *target, Number number);
	void set(const clang::ValueDecl &variable, Number number);

	/** Notes the values that a comparison in @condition bounds. */
	void check(const clang::Expr *condition);

	/** Notes the values that @call brings from user space, and those that it may change. */
	void called(const clang::CallExpr &call);

	/** Notes the parameters of a handler of ioctl(): of C's signature, or a lambda given to
	 * @call. */
	void parameters(const clang::FunctionDecl &function);
	void handlers(const clang::CallExpr &call);

private:
	/** A variable, and the members on the way: {counter, ".first.size"}. */
	using Key = std::pair<const void *, std::string>;

	std::optional<Key> key_of(const clang::Expr *expression) const;
	Number state(const Key &key) const;
	Number of_call(const clang::CallExpr &call);
	Number of_binary(const clang::BinaryOperator &binary);
	Number of_any(const clang::Stmt &statement);
	void bound(const clang::Expr *expression);
	bool is_bounded_by_macro(const clang::Expr &expression) const;

	Lint &lint_;
	std::map<Key, Number> numbers_;
};

/** Returns the name of the function that @call calls, without what kernels add; empty if it has
 * none. */
llvm::StringRef name_of(const clang::CallExpr &call);

} // namespace kcxx::lint
