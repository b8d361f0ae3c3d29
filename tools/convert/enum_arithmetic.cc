// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Sums and unions of enumerators, which are numbers in C++ until they are made enumerators again.
#include "convert/rules.hpp"
#include "convert/statements.hpp"

namespace kcxx::convert
{

namespace
{

using namespace clang;

/** left = static_cast<type>(left op right) */
void assign_enum(Conversion &conversion, const Expr &whole, const Expr &left, const std::string &op,
		 std::vector<Piece> right, bool parenthesised)
{
	const auto span = conversion.span(&whole);
	const auto target = conversion.span(&left);
	const auto type = conversion.type_name(left.getType().getUnqualifiedType());
	if (!span || !target)
		return;
	if (left.HasSideEffects(conversion.ast())) {
		conversion.leave(whole.getBeginLoc(),
				 "arithmetic on an enum, whose place has an effect, needs a cast");
		return;
	}
	std::vector<Piece> pieces = {parenthesised ? "(" : "",
				     *target,
				     " = static_cast<",
				     type.value_or("decltype(" + conversion.text(*target) + ")"),
				     ">(",
				     *target,
				     " " + op + " "};
	pieces.insert(pieces.end(), right.begin(), right.end());
	pieces.emplace_back(parenthesised ? "))" : ")");
	conversion.replace(*span, std::move(pieces), "arithmetic on an enum");
}

} // namespace

void enum_assignment(Conversion &conversion, const CompoundAssignOperator &assignment,
		     const Parents &parents)
{
	if (!assignment.getLHS()->getType()->isEnumeralType())
		return;
	const auto right = conversion.use(assignment.getRHS());
	if (!right)
		return;
	const auto *operand = assignment.getRHS()->IgnoreImpCasts();
	const bool compound = isa<BinaryOperator, AbstractConditionalOperator>(operand);
	auto op = assignment.getOpcodeStr().str();
	op.pop_back();
	assign_enum(conversion, assignment, *assignment.getLHS(), op,
		    {compound ? "(" : "", *right, compound ? ")" : ""},
		    !is_statement(assignment, parents));
}

void enum_step(Conversion &conversion, const UnaryOperator &step, const Parents &parents)
{
	const bool unused = is_statement(step, parents);
	const auto type = step.getSubExpr()->getType();
	if (!type->isEnumeralType() && !(type->isBooleanType() && step.isIncrementDecrementOp()))
		return;
	if (step.isPostfix() && !unused) {
		conversion.leave(step.getBeginLoc(),
				 "a step of an enum, whose former value is used, needs a cast");
		return;
	}
	if (step.isIncrementDecrementOp())
		assign_enum(conversion, step, *step.getSubExpr(), step.isIncrementOp() ? "+" : "-",
			    {"1"}, !unused);
}

} // namespace kcxx::convert
