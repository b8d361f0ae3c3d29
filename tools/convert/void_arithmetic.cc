// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Sums of void *, which GNU C counts in bytes. C++ wants a pointer to bytes.
#include "convert/rules.hpp"
#include "convert/statements.hpp"

#include <clang/Lex/Lexer.h>

namespace kcxx::convert
{

namespace
{

using namespace clang;

bool is_void_pointer(const Expr &expression)
{
	return expression.getType()->isVoidPointerType();
}

// Sparse's word for the memory, as the declaration has it: __iomem is a macro, empty for the
// compiler.
std::string address_space(Conversion &conversion, const Expr &pointer)
{
	const auto *inner = pointer.IgnoreParenImpCasts();
	const ValueDecl *declared = nullptr;
	if (const auto *name = dyn_cast<DeclRefExpr>(inner))
		declared = name->getDecl();
	else if (const auto *member = dyn_cast<MemberExpr>(inner))
		declared = member->getMemberDecl();
	if (declared == nullptr)
		return "";
	const auto text =
		Lexer::getSourceText(CharSourceRange::getTokenRange(declared->getSourceRange()),
				     conversion.sources(), conversion.ast().getLangOpts());
	for (const auto *word : {"__iomem", "__user", "__percpu", "__rcu"})
		if (text.contains(word))
			return std::string(word) + " ";
	return "";
}

// @pointer as a pointer to bytes, if it is none yet
std::vector<Piece> bytes(Conversion &conversion, const Expr &pointer, Span span)
{
	if (is_void_sum(pointer))
		return {span};
	auto quals = pointer.getType()->getPointeeType().getQualifiers();
	quals.removeAddressSpace();
	const auto text = quals.getAsString();
	return {"static_cast<" + (text.empty() ? "" : text + " ") + "char " +
			address_space(conversion, pointer) + "*>(",
		span, ")"};
}

void assign_sum(Conversion &conversion, const Expr &whole, const Expr &left, const std::string &op,
		const std::vector<Piece> &right, bool parenthesised)
{
	const auto span = conversion.span(&whole);
	const auto target = conversion.span(&left);
	if (!span || !target)
		return;
	if (left.HasSideEffects(conversion.ast())) {
		conversion.leave(whole.getBeginLoc(),
				 "a sum of void *, whose place has an effect, needs a cast");
		return;
	}
	std::vector<Piece> pieces = {parenthesised ? "(" : "", *target, " = "};
	for (auto &piece : bytes(conversion, left, *target))
		pieces.push_back(std::move(piece));
	pieces.emplace_back(" " + op + " ");
	pieces.insert(pieces.end(), right.begin(), right.end());
	pieces.emplace_back(parenthesised ? ")" : "");
	conversion.replace(*span, std::move(pieces), "a sum of void *");
}

} // namespace

bool is_void_sum(const Expr &expression)
{
	if (!is_void_pointer(expression))
		return false;
	const auto *inner = expression.IgnoreParenImpCasts();
	if (const auto *sum = dyn_cast<BinaryOperator>(inner))
		return sum->isAdditiveOp();
	return false;
}

void void_sum(Conversion &conversion, const BinaryOperator &sum)
{
	if (!sum.isAdditiveOp())
		return;
	for (const auto *operand : {sum.getLHS(), sum.getRHS()}) {
		if (!is_void_pointer(*operand) || is_void_sum(*operand))
			continue;
		auto span = conversion.use(operand);
		if (!span) // ((base) + 4) of a header's macro: the argument is ours
			span = conversion.use(operand->IgnoreParenImpCasts());
		if (span)
			conversion.replace(*span, bytes(conversion, *operand, *span),
					   "a sum of void *");
	}
}

void void_assignment(Conversion &conversion, const CompoundAssignOperator &assignment)
{
	if (!is_void_pointer(*assignment.getLHS()))
		return;
	const auto right = conversion.span(assignment.getRHS());
	if (!right)
		return;
	const bool compound = isa<BinaryOperator, AbstractConditionalOperator>(
		assignment.getRHS()->IgnoreImpCasts());
	assign_sum(conversion, assignment, *assignment.getLHS(),
		   assignment.getOpcode() == BO_AddAssign ? "+" : "-",
		   {compound ? "(" : "", *right, compound ? ")" : ""}, false);
}

void void_step(Conversion &conversion, const UnaryOperator &step, const Parents &parents)
{
	if (!step.isIncrementDecrementOp() || !is_void_pointer(*step.getSubExpr()))
		return;
	const bool unused = is_statement(step, parents);
	if (step.isPostfix() && !unused) {
		conversion.leave(step.getBeginLoc(),
				 "a step of a void *, whose former value is used, needs a cast");
		return;
	}
	assign_sum(conversion, step, *step.getSubExpr(), step.isIncrementOp() ? "+" : "-", {"1"},
		   !unused);
}

} // namespace kcxx::convert
