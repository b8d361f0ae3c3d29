// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Which values of a function come from user space, and which of them a check has bounded.
#pragma once

#include "lint/conditions.hpp"
#include "lint/lint.hpp"
#include "lint/user_value.hpp"
#include "lint/value_names.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <functional>
#include <map>

namespace kcxx::lint
{

class UserCalls;
struct UserResult;

class UserNumbers
{
public:
	/** The facts at one place of the function */
	using Facts = std::map<ValueName, UserValue>;
	/** Returns whether a value that was checked on one of two ways counts as checked. */
	using IsChecked = std::function<bool(const ValueName &)>;

	UserNumbers(Lint &lint, const Conditions &conditions, UserCalls &calls)
	    : lint_(lint), conditions_(conditions), calls_(calls)
	{
	}

	/** Returns what is known of @name in @facts: of itself, else of what it is a part of; null
	 * for nothing. */
	static const UserValue *found_in(const Facts &facts, const ValueName &name);

	[[nodiscard]] const Facts &facts() const { return facts_; }
	void replace(Facts facts) { facts_ = std::move(facts); }

	/** Takes the facts of a way that ends here as well: what either way has checked stays so,
	 * if @is_checked. */
	void join(const Facts &other, const IsChecked &is_checked);

	/** Takes back what is known @within a loop alone, and was not known @before. */
	void forget(const Facts &within, const Facts &before);

	// user_numbers.cc: values

	/** Returns what is known of the value of @expression. */
	UserValue of(const clang::Expr *expression);

	/** Notes that @target now has @value. */
	void set(const clang::Expr *target, UserValue value);
	void set(const clang::ValueDecl &variable, UserValue value);
	void put(const ValueName &name, UserValue value) { facts_[name] = value; }

	/** Gives @variable what is known of the parts of @value. */
	void copy_parts(const clang::ValueDecl &variable, const clang::Expr &value);

	/** Returns the value of @binary, of the values that its operands have. */
	UserValue of_operation(const clang::BinaryOperator &binary);

	// user_checks.cc: conditions

	/** Notes what is known where @condition has been @truth. */
	void assume(const clang::Expr *condition, bool truth);

	/** Notes that a check that is not understood has looked at all numbers of @node. */
	void looked_at(const clang::Stmt &node);

	// user_sources.cc: where the numbers come from

	/** Notes the values that @call brings from user space, and those that it may change. */
	void called(const clang::CallExpr &call);

	/** Notes the parameters that user space gives to @function, and to a lambda of @call. */
	void parameters(const clang::FunctionDecl &function);
	void handlers(const clang::CallExpr &call);

	// user_arguments.cc: calls of the user's own functions, and members

	/** Notes the members of the class of @function that another function sets. */
	void members(const clang::FunctionDecl &function);

	/** A number, and the object that keeps it; nullptr: none does */
	struct KeptNumber {
		const clang::Expr *object = nullptr;
		UserValue number = {};
	};

	/** Returns the number that @call gives to an atomic or to a container. */
	KeptNumber kept_by(const clang::CallExpr &call);

	/** Returns what the user's function of @call makes of its numbers; null if it is not known.
	 */
	const UserResult *result_of(const clang::CallExpr &call);
	const UserResult *result_of(const clang::CXXConstructExpr &made);

	/** Follows the constructors of an object that the library makes in @made, such as that of
	 * Box<T>::make(). */
	void made_within(const clang::Expr &made);

private:
	[[nodiscard]] const UserValue *known(const ValueName &name) const;
	[[nodiscard]] UserValue state(const ValueName &name, clang::QualType type) const;
	UserValue of_name(const ValueName &name, const clang::Expr &expression);
	UserValue of_cast(const clang::CastExpr &cast);
	UserValue of_choice(const clang::ConditionalOperator &choice);
	UserValue of_call(const clang::CallExpr &call);
	UserValue of_least_of(const clang::CallExpr &call);
	UserValue of_all(llvm::ArrayRef<const clang::Expr *> arguments);
	UserValue of_any(const clang::Stmt &statement);
	UserValue of_constant(const clang::Expr &expression) const;
	[[nodiscard]] std::optional<std::uint64_t> constant(const clang::Expr &expression) const;
	[[nodiscard]] bool is_bounded_by_macro(const clang::Expr &expression) const;

	void either(const clang::Expr &first, const clang::Expr &second, bool truth);
	void compare(const clang::Expr &left, clang::BinaryOperatorKind relation,
		     const clang::Expr &right);
	void side(const clang::Expr &number, clang::BinaryOperatorKind relation,
		  const clang::Expr &other);
	void assume_number(const clang::Expr &number, bool truth);
	void assume_call(const clang::CallExpr &call, bool truth);
	void assume_variable(const clang::VarDecl &variable, bool truth);
	void each_in(const clang::Expr &expression, const std::function<void(UserValue &)> &change);
	bool may_wrap(const clang::BinaryOperator &binary);
	void not_zero(const clang::Expr &number, bool is_unsigned);
	void limit(const clang::Expr &number, bool is_unsigned);
	void raise(const clang::Expr &number, Least least);
	bool is_of_same(const clang::Expr &number, const clang::Expr &other);
	void filled(const clang::Stmt &span);

	[[nodiscard]] Facts given_as(const ValueName &outer, const clang::Expr &expression) const;
	Facts given_to(const clang::CallExpr &call, const clang::FunctionDecl &function);
	void give(const clang::ParmVarDecl &parameter, const clang::Expr &argument, Facts &given);
	std::optional<ValueName> name_outside(const clang::CallExpr &call,
					      const clang::FunctionDecl &function,
					      const ValueName &inner) const;
	void made_of(clang::QualType type, llvm::ArrayRef<const clang::Expr *> arguments);
	bool written_by(const clang::CallExpr &call);
	bool checked_by(const clang::CallExpr &call);

	Lint &lint_;
	const Conditions &conditions_;
	UserCalls &calls_;
	Facts facts_;
};

} // namespace kcxx::lint
