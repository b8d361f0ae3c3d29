// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The names of values within one function: variables, members of them, elements.
#pragma once

#include <clang/AST/ExprCXX.h>
#include <optional>
#include <string>

namespace kcxx::lint
{

/** A variable, null for *this, and the members on the way: {counter, ".first.size"}. */
struct ValueName {
	const void *variable = nullptr;
	std::string path;

	auto operator<=>(const ValueName &) const = default;

	/** Returns what it is a member or an element of; nothing of a variable. */
	[[nodiscard]] std::optional<ValueName> outer() const;
	[[nodiscard]] bool is_call() const { return path.ends_with("()"); }
	[[nodiscard]] bool is_in(const ValueName &other) const
	{
		return variable == other.variable && path.starts_with(other.path + ".");
	}
};

/** Returns @expression without what does not change its value, and without casts. */
const clang::Expr *value_behind(const clang::Expr *expression);

/** Does one step of value_behind(), which is no cast; null if there is none. */
const clang::Expr *part_behind(const clang::Expr *expression);

/** Returns the name of the value of @expression, if it has one. */
std::optional<ValueName> name_of_value(const clang::Expr *expression);

/** Returns what the number of a const variable that @expression names was made of; null if it names
 * none. */
const clang::Expr *constant_of(const clang::Expr &expression);

/** Returns whether @node or a part of it has the value @name. */
bool mentions(const clang::Stmt &node, const ValueName &name);

/** Returns the name of the function that @call calls, without what kernels add; empty if it has
 * none. */
llvm::StringRef name_of(const clang::CallExpr &call);

/** Returns whether @call calls a member function of a class @name. */
bool is_of_class(const clang::CallExpr &call, llvm::StringRef name);

} // namespace kcxx::lint
