// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Raw pointers: followed, indexed, counted with.
#include "lint/found_pointers.hpp"
#include "lint/rules.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule dereferenced = {
	.id = "kcxx-safe-dereference",
	.what = "a raw pointer is followed",
	.needed =
		"something that is there as long as it is used: a reference, Box<T>, Arc<T>, "
		"std::optional<T>; or what get() of the library found, behind a test of it, or an "
		"iterator, behind its comparison with end()",
	.rewrite = "take a T & in place of the T *, or own it by kernel::Box<T>; or "
		   "KCXX_UNSAFE(\"why the object "
		   "is there\") { ... }",
};

constexpr Rule raw_index = {
	.id = "kcxx-safe-subscript",
	.what = "an index that nothing checks",
	.needed = "something that knows its size, and checks the index: kernel::Vec<T>, "
		  "std::span<T>, std::array<T, N>",
	.rewrite = "std::array<T, N> in place of T[N], std::span<T> in place of T *; or "
		   "KCXX_UNSAFE(\"why the index "
		   "is inside\") { ... }",
};

constexpr Rule counted = {
	.id = "kcxx-safe-arithmetic",
	.what = "arithmetic with a pointer",
	.needed = "something that knows its size: kernel::Vec<T>, std::span<T>, std::string_view",
	.rewrite = "for (T &element : span), span.subspan(from, count), text.substr(from); or "
		   "KCXX_UNSAFE(\"why it stays inside\") { ... }",
};

/** Returns whether @expression is the pointer that an operator -> of a class returns. */
bool is_of_operator(const Expr &expression)
{
	const auto *call = dyn_cast<CXXOperatorCallExpr>(expression.IgnoreParenImpCasts());
	return call != nullptr && call->getOperator() == OO_Arrow;
}

bool is_pointer(const Expr &expression)
{
	const auto type = expression.getType();
	return type->isPointerType() && !type->isFunctionPointerType();
}

} // namespace

void dereference(Lint &lint, const UnaryOperator &unary)
{
	const auto *pointer = unary.getSubExpr();
	if (unary.getOpcode() == UO_Deref && is_pointer(*pointer) &&
	    !isa<CXXThisExpr>(pointer->IgnoreParenImpCasts()) && !is_found(lint, *pointer))
		lint.report(dereferenced, unary.getOperatorLoc(), unary.getSourceRange());
}

void arrow(Lint &lint, const MemberExpr &member)
{
	const auto *base = member.getBase();
	if (member.isArrow() && !member.isImplicitAccess() && is_pointer(*base) &&
	    !isa<CXXThisExpr>(base->IgnoreParenImpCasts()) && !is_of_operator(*base) &&
	    !is_found(lint, *base))
		lint.report(dereferenced, member.getOperatorLoc(), member.getSourceRange());
}

void subscript(Lint &lint, const ArraySubscriptExpr &subscript)
{
	if (subscript.isTypeDependent() || subscript.isValueDependent())
		return;
	const auto *array = lint.ast().getAsConstantArrayType(
		subscript.getBase()->IgnoreParenImpCasts()->getType());
	Expr::EvalResult index;
	if (array != nullptr && !subscript.getIdx()->isValueDependent() &&
	    subscript.getIdx()->EvaluateAsInt(index, lint.ast()) &&
	    index.Val.getInt().isNonNegative() &&
	    index.Val.getInt().getZExtValue() < array->getSize().getZExtValue())
		return;
	lint.report(raw_index, subscript.getRBracketLoc(), subscript.getSourceRange());
}

void pointer_sum(Lint &lint, const BinaryOperator &sum)
{
	const bool member = sum.getOpcode() == BO_PtrMemI && is_pointer(*sum.getLHS());
	if (member && !isa<CXXThisExpr>(sum.getLHS()->IgnoreParenImpCasts()))
		lint.report(dereferenced, sum.getOperatorLoc(), sum.getSourceRange());
	if (sum.isAdditiveOp() || sum.getOpcode() == BO_AddAssign ||
	    sum.getOpcode() == BO_SubAssign)
		if (sum.getLHS()->getType()->isPointerType() ||
		    sum.getRHS()->getType()->isPointerType())
			lint.report(counted, sum.getOperatorLoc(), sum.getSourceRange());
}

void pointer_step(Lint &lint, const UnaryOperator &step)
{
	if (step.isIncrementDecrementOp() && step.getSubExpr()->getType()->isPointerType() &&
	    !is_iterator(lint, *step.getSubExpr()))
		lint.report(counted, step.getOperatorLoc(), step.getSourceRange());
}

} // namespace kcxx::lint
