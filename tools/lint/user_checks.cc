// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The facts that conditions tell of numbers from user space.
#include "lint/call_names.hpp"
#include "lint/user_calls.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** The relation of a function of std that compares two numbers of any types: std::cmp_less() */
std::optional<BinaryOperatorKind> relation_of(const CallExpr &call)
{
	static constexpr std::array<std::pair<StringRef, BinaryOperatorKind>, 6> all = {
		{{"cmp_less", BO_LT},
		 {"cmp_less_equal", BO_LE},
		 {"cmp_greater", BO_GT},
		 {"cmp_greater_equal", BO_GE},
		 {"cmp_equal", BO_EQ},
		 {"cmp_not_equal", BO_NE}}};
	const auto *found =
		std::ranges::find(all, name_of(call), &decltype(all)::value_type::first);
	if (found == all.end() || call.getNumArgs() != 2)
		return {};
	return found->second;
}

bool is_number(const Expr &expression)
{
	return expression.getType()->isIntegralOrEnumerationType();
}

/** Returns whether @expression is 1 or 0, as WARN_ON() keeps it. */
bool is_truth(const Expr &expression)
{
	const auto *plain = expression.IgnoreParenCasts();
	if (const auto *unary = dyn_cast<UnaryOperator>(plain))
		return unary->getOpcode() == UO_LNot;
	const auto *binary = dyn_cast<BinaryOperator>(plain);
	return binary != nullptr && (binary->isComparisonOp() || binary->isLogicalOp());
}

/** Returns @expression without what keeps its truth. */
const Expr *truth_behind(const Expr *expression)
{
	for (const Expr *before = nullptr; before != expression;) {
		before = expression;
		expression = expression->IgnoreParenImpCasts();
		if (const auto *whole = dyn_cast<FullExpr>(expression))
			expression = whole->getSubExpr();
		else if (const auto *made = dyn_cast<MaterializeTemporaryExpr>(expression))
			expression = made->getSubExpr();
		else if (const auto *cast = dyn_cast<ExplicitCastExpr>(expression);
			 cast != nullptr && cast->getType()->isBooleanType())
			expression = cast->getSubExpr();
		else if (const auto *call = dyn_cast<CallExpr>(expression);
			 call != nullptr && name_of(*call) == "__builtin_expect")
			expression = call->getArg(0);
		else if (const auto *unary = dyn_cast<UnaryOperator>(expression);
			 unary != nullptr && unary->getOpcode() == UO_Extension)
			expression = unary->getSubExpr();
	}
	return expression;
}

/** Returns whether @expression has fewer bits than the number that it is made of. */
bool narrows(const Expr *expression, const ASTContext &ast)
{
	for (const Expr *before = nullptr; before != expression;) {
		before = expression;
		expression = expression->IgnoreParens();
		if (const auto *full = dyn_cast<FullExpr>(expression))
			expression = full->getSubExpr();
		const auto *cast = dyn_cast<CastExpr>(expression);
		if (cast == nullptr)
			continue;
		const auto *inner = cast->getSubExpr();
		if (cast->getCastKind() == CK_IntegralCast &&
		    ast.getIntWidth(cast->getType()) < ast.getIntWidth(inner->getType()))
			return true;
		expression = inner;
	}
	return false;
}

/** Returns whether @type is one of 64 bits by its name: a size_t, of as many, is far below. */
bool is_named_by_its_width(QualType type)
{
	static constexpr std::array<StringRef, 4> names = {"uint64_t", "u64", "__u64",
							   "__uint64_t"};
	while (const auto *named = type->getAs<TypedefType>()) {
		if (llvm::is_contained(names, named->getDecl()->getName()))
			return true;
		type = named->desugar();
	}
	return false;
}

} // namespace

void UserNumbers::assume(const Expr *condition, bool truth)
{
	if (condition == nullptr)
		return;
	condition = truth_behind(condition);
	if (const auto *unary = dyn_cast<UnaryOperator>(condition);
	    unary != nullptr && unary->getOpcode() == UO_LNot) {
		assume(unary->getSubExpr(), !truth);
	} else if (const auto *binary = dyn_cast<BinaryOperator>(condition);
		   binary != nullptr && binary->isLogicalOp()) {
		if ((binary->getOpcode() == BO_LAnd) != truth) {
			either(*binary->getLHS(), *binary->getRHS(), truth);
		} else {
			assume(binary->getLHS(), truth);
			assume(binary->getRHS(), truth);
		}
	} else if (binary != nullptr && binary->isComparisonOp()) {
		const auto relation =
			truth ? binary->getOpcode()
			      : BinaryOperator::negateComparisonOp(binary->getOpcode());
		compare(*binary->getLHS(), relation, *binary->getRHS());
	} else if (const auto *block = dyn_cast<StmtExpr>(condition)) { // a macro's value
		if (!block->getSubStmt()->body_empty())
			assume(dyn_cast<Expr>(block->getSubStmt()->body_back()), truth);
	} else if (const auto *call = dyn_cast<CallExpr>(condition);
		   call != nullptr && part_behind(call) == nullptr) {
		assume_call(*call, truth);
	} else if (const auto *name = dyn_cast<DeclRefExpr>(condition);
		   name != nullptr && isa<VarDecl>(name->getDecl())) {
		assume_variable(*cast<VarDecl>(name->getDecl()), truth);
	} else if (is_number(*condition) && !isa<ConditionalOperator>(condition)) {
		assume_number(*condition, truth);
	} else {
		looked_at(*condition);
	}
}

/** Notes that one of two conditions has been @truth, either of them: the facts of both are known.
 * Those of one are if the other may be about the same: if (has_count && count > most). */
void UserNumbers::either(const Expr &first, const Expr &second, bool truth)
{
	const auto before = facts_;
	assume(&first, truth);
	const auto of_first = facts_;
	facts_ = before;
	assume(&first, !truth);
	assume(&second, truth);
	join(of_first, [&](const ValueName &name) {
		const bool in_first = mentions(first, name);
		const bool in_second = mentions(second, name);
		return (!in_first && conditions_.may_agree(first)) ||
		       (!in_second && conditions_.may_agree(second));
	});
}

void UserNumbers::compare(const Expr &left, BinaryOperatorKind relation, const Expr &right)
{
	if (is_number(left) && is_number(right)) {
		side(left, relation, right);
		side(right, BinaryOperator::reverseComparisonOp(relation), left);
	} else {
		looked_at(left);
		looked_at(right);
	}
}

/** Notes that @number has @relation to @other. */
void UserNumbers::side(const Expr &number, BinaryOperatorKind relation, const Expr &other)
{
	if (is_of_same(number, other))
		return;
	Expr::EvalResult value;
	std::optional<int> sign;
	if (!other.isValueDependent() && other.EvaluateAsInt(value, lint_.ast())) {
		const auto &constant = value.Val.getInt();
		sign = constant.isNegative() ? (constant.isAllOnes() ? -1 : -2)
					     : static_cast<int>(!constant.isZero());
	}
	const bool is_unsigned =
		number.IgnoreParens()->getType()->isUnsignedIntegerOrEnumerationType();
	const auto from = sign.value_or(1);
	const auto above = from < 0 ? Least::negative : Least::zero;
	switch (relation) {
	case BO_LT:
	case BO_LE:
		limit(number, is_unsigned);
		break;
	case BO_EQ:
		limit(number, is_unsigned);
		raise(number, from > 0 ? Least::positive : above);
		break;
	case BO_GE:
		raise(number, from > 0 ? Least::positive : above);
		break;
	case BO_GT:
		raise(number, from >= 0    ? Least::positive
			      : from == -1 ? Least::zero
					   : Least::negative);
		break;
	default:
		if (sign == 0)
			not_zero(number, is_unsigned);
	}
}

/** Notes that @number, a condition itself, was zero or not. */
void UserNumbers::assume_number(const Expr &number, bool truth)
{
	if (!truth) {
		limit(number, true);
		raise(number, Least::zero);
	} else {
		not_zero(number, number.getType()->isUnsignedIntegerOrEnumerationType());
	}
}

/** Notes that @number is another one than zero. */
void UserNumbers::not_zero(const Expr &number, bool is_unsigned)
{
	if (is_unsigned)
		raise(number, Least::positive);
	else if (!isa<BinaryOperator>(value_behind(&number)))
		each_in(number, [](UserValue &value) { value.is_nonzero = true; });
}

void UserNumbers::assume_variable(const VarDecl &variable, bool truth)
{
	const auto *made = variable.getInit();
	if (made != nullptr && (variable.getType()->isBooleanType() || is_truth(*made))) {
		if (variable.getType().isConstQualified())
			assume(made, truth);
		else
			looked_at(*made);
		return;
	}
	if (const auto name = ValueName{.variable = variable.getCanonicalDecl(), .path = ""};
	    variable.getType()->isIntegerType() && known(name) != nullptr) {
		auto &value = facts_[name];
		if (!truth)
			value = {.number = std::min(value.number, Number::bounded),
				 .least = std::max(value.least, Least::zero)};
		else if (variable.getType()->isUnsignedIntegerType())
			value.least = Least::positive;
	}
	// const auto valid = check(number); if (!valid) return;
	const auto *call = made == nullptr ? nullptr : dyn_cast<CallExpr>(value_behind(made));
	if (call != nullptr && call->getDirectCallee() != nullptr &&
	    lint_.files().origin(call->getDirectCallee()->getLocation()) == Origin::user)
		looked_at(*call);
}

void UserNumbers::assume_call(const CallExpr &call, bool truth)
{
	if (const auto relation = relation_of(call)) {
		compare(*call.getArg(0),
			truth ? *relation : BinaryOperator::negateComparisonOp(*relation),
			*call.getArg(1));
		return;
	}
	if (const auto *asked = converted_object(call)) { // has it a value?
		assume(asked, truth);
		return;
	}
	const auto *object = dyn_cast<CXXMemberCallExpr>(&call);
	const auto *of = object == nullptr ? nullptr : object->getImplicitObjectArgument();
	if (of != nullptr && name_of(call) == "empty") {
		if (auto name = name_of_value(of); name && !truth) {
			name->path += ".size()";
			auto value = known(*name) != nullptr
					     ? *known(*name)
					     : UserValue{.number = Number::unchecked};
			value.least = Least::positive;
			if (is_of_class(call, "UserReader"))
				facts_[*name] = value;
		}
		return;
	}
	looked_at(call);
}

void UserNumbers::looked_at(const Stmt &node)
{
	if (isa<UnaryExprOrTypeTraitExpr>(&node)) // sizeof(settings)
		return;
	if (const auto *expression = dyn_cast<Expr>(&node)) {
		const auto *call = dyn_cast<CallExpr>(expression);
		const auto *function = call == nullptr ? nullptr : call->getDirectCallee();
		if (call != nullptr && is_of_class(*call, "UserReader"))
			return;
		if (call != nullptr && !isa<CXXOperatorCallExpr>(call) && checked_by(*call))
			return;
		// A function of the library's looks at numbers alone.
		if (function != nullptr &&
		    lint_.files().origin(function->getLocation()) != Origin::user &&
		    (!isa<CXXOperatorCallExpr>(call) || !algorithm_name(*call).empty())) {
			for (const auto *argument : call->arguments())
				if (is_number(*argument) || isa<LambdaExpr>(value_behind(argument)))
					looked_at(*argument);
			return;
		}
		if (expression->getType()->isPointerType())
			return;
		if (const auto name = name_of_value(expression)) {
			if (const auto *value = found_in(facts_, *name);
			    value != nullptr && value->is_of_user())
				facts_[*name] = {.number =
							 std::min(value->number, Number::bounded)};
			else if (known(*name) == nullptr && calls_.members().of(*expression))
				facts_[*name] = {.number = Number::bounded};
			if (const auto *part = dyn_cast<CXXOperatorCallExpr>(expression);
			    part != nullptr && part->getOperator() == OO_Subscript)
				looked_at(*part->getArg(1));
			return;
		}
	}
	for (const auto *child : node.children())
		if (child != nullptr)
			looked_at(*child);
}

/** Returns whether the sum or product @binary may be small although @number is large. */
bool UserNumbers::may_wrap(const BinaryOperator &binary)
{
	if ((binary.getOpcode() != BO_Add && binary.getOpcode() != BO_Mul) ||
	    !binary.getType()->isUnsignedIntegerType())
		return false;
	const auto is_wide = [&](const Expr &operand) {
		const auto type = operand.IgnoreParenImpCasts()->getType();
		const auto width = lint_.ast().getIntWidth(binary.getType());
		const auto value = of(&operand);
		// A size_t of the kernel's, or a position, is far below the most of its type.
		const bool is_full = width == 32 ||
				     type.getCanonicalType() == lint_.ast().UnsignedLongLongTy ||
				     is_named_by_its_width(type);
		return value.number == Number::unchecked && is_full && type->isIntegerType() &&
		       lint_.ast().getIntWidth(type) == width && value.most >> (width - 1) != 0;
	};
	const auto *left = binary.getLHS();
	const auto *right = binary.getRHS();
	return !constant(*left) && !constant(*right) && (is_wide(*left) || is_wide(*right));
}

/** Calls @change for the values that a bound of @expression bounds. */
void UserNumbers::each_in(const Expr &expression, const std::function<void(UserValue &)> &change)
{
	if (narrows(&expression, lint_.ast()))
		return; // of the low bits alone
	const auto *plain = value_behind(&expression);
	if (const auto *binary = dyn_cast<BinaryOperator>(plain)) {
		const auto operation = binary->getOpcode();
		const auto mask = constant(*binary->getRHS());
		if (operation == BO_Rem || (operation == BO_And && mask &&
					    !is_mask_of_high_bits(*mask, binary->getType())))
			return; // of the low bits alone
		if (may_wrap(*binary))
			return; // a sum that is small, of numbers that are not
		each_in(*binary->getLHS(), change);
		if (operation == BO_Sub)
			looked_at(*binary->getRHS());
		else
			each_in(*binary->getRHS(), change);
		return;
	}
	if (const auto *unary = dyn_cast<UnaryOperator>(plain)) {
		each_in(*unary->getSubExpr(), change);
		return;
	}
	if (const auto name = name_of_value(plain)) {
		auto value = of_name(*name, *plain);
		if (!value.is_of_user() && name->is_call())
			value = of(plain);
		if (value.is_of_user()) {
			change(value);
			facts_[*name] = value;
		}
		if (const auto *made = constant_of(*plain)) // and what it was computed from
			each_in(*made, change);
		return;
	}
	if (const auto *call = dyn_cast<CallExpr>(plain)) // a number that is made of its arguments
		for (const auto *argument : call->arguments())
			looked_at(*argument);
	else if (isa<StmtExpr, AbstractConditionalOperator>(plain))
		looked_at(*plain);
}

void UserNumbers::limit(const Expr &number, bool is_unsigned)
{
	each_in(number, [&](UserValue &value) {
		value.number = std::min(value.number, Number::bounded);
		if (is_unsigned)
			value.least = std::max(value.least, Least::zero);
	});
}

void UserNumbers::raise(const Expr &number, Least least)
{
	each_in(number, [&](UserValue &value) { value.least = std::max(value.least, least); });
}

/** Returns whether @other, which nothing has bounded, is computed from @number. */
bool UserNumbers::is_of_same(const Expr &number, const Expr &other)
{
	if (of(&other).number != Number::unchecked)
		return false;
	const auto *made = &other;
	if (const auto *name = dyn_cast<DeclRefExpr>(value_behind(&other)))
		if (const auto *variable = dyn_cast<VarDecl>(name->getDecl());
		    variable != nullptr && variable->hasInit())
			made = variable->getInit();
	const auto name = name_of_value(&number);
	return name && (mentions(other, *name) || mentions(*made, *name));
}

} // namespace kcxx::lint
