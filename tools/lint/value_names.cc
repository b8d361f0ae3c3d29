// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/value_names.hpp"

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** The part of a name for an element: of its own for each index that is a literal */
std::string element(const Expr &index)
{
	const auto *literal = dyn_cast<IntegerLiteral>(index.IgnoreParenImpCasts());
	return literal == nullptr
		       ? ".[]"
		       : ".[" + std::to_string(literal->getValue().getLimitedValue()) + "]";
}

std::optional<ValueName> name_in(const Expr *whole, std::string part)
{
	auto name = name_of_value(whole);
	if (name)
		name->path += std::move(part);
	return name;
}

} // namespace

std::optional<ValueName> ValueName::outer() const
{
	const auto dot = path.rfind('.');
	if (dot == std::string::npos)
		return {};
	return ValueName{.variable = variable, .path = path.substr(0, dot)};
}

StringRef name_of(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || function->getIdentifier() == nullptr)
		return {};
	auto name = function->getName();
	name.consume_back("_noprof");
	return name;
}

bool is_of_class(const CallExpr &call, StringRef name)
{
	const auto *function = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	return function != nullptr && function->getParent()->getIdentifier() != nullptr &&
	       function->getParent()->getName() == name;
}

const Expr *part_behind(const Expr *expression)
{
	if (const auto *made = dyn_cast<CXXConstructExpr>(expression);
	    made != nullptr && made->getNumArgs() == 1)
		return made->getArg(0);
	if (const auto *list = dyn_cast<InitListExpr>(expression);
	    list != nullptr && list->getNumInits() == 1)
		return list->getInit(0);
	if (const auto *call = dyn_cast<CXXOperatorCallExpr>(expression);
	    call != nullptr && call->getNumArgs() == 1 &&
	    (call->getOperator() == OO_Star || call->getOperator() == OO_Arrow))
		return call->getArg(0);
	if (const auto *moved = dyn_cast<CallExpr>(expression);
	    moved != nullptr && is_std_move(*moved))
		return moved->getArg(0);
	if (const auto *value = dyn_cast<CXXMemberCallExpr>(expression);
	    value != nullptr && (name_of(*value) == "value" || name_of(*value) == "value_or"))
		return value->getImplicitObjectArgument();
	if (const auto *unary = dyn_cast<UnaryOperator>(expression);
	    unary != nullptr &&
	    (unary->getOpcode() == UO_AddrOf || unary->getOpcode() == UO_Deref ||
	     unary->getOpcode() == UO_Extension))
		return unary->getSubExpr();
	return nullptr;
}

const Expr *value_behind(const Expr *expression)
{
	for (const Expr *before = nullptr; before != expression;) {
		before = expression;
		expression = expression->IgnoreUnlessSpelledInSource()->IgnoreParenCasts();
		if (const auto *cast = dyn_cast<ExplicitCastExpr>(expression))
			expression = cast->getSubExpr();
		else if (const auto *part = part_behind(expression))
			expression = part;
	}
	return expression;
}

std::optional<ValueName> name_of_value(const Expr *expression)
{
	expression = value_behind(expression);
	if (const auto *name = dyn_cast<DeclRefExpr>(expression)) {
		if (const auto *part = dyn_cast<BindingDecl>(name->getDecl());
		    part != nullptr && isa_and_nonnull<MemberExpr>(part->getBinding()))
			return name_of_value(part->getBinding());
		return ValueName{.variable = name->getDecl()->getCanonicalDecl(), .path = ""};
	}
	if (isa<CXXThisExpr>(expression))
		return ValueName{};
	if (const auto *member = dyn_cast<MemberExpr>(expression))
		return name_in(member->getBase(), "." + member->getMemberDecl()->getNameAsString());
	if (const auto *part = dyn_cast<ArraySubscriptExpr>(expression))
		return name_in(part->getBase(), element(*part->getIdx()));
	if (const auto *part = dyn_cast<CXXOperatorCallExpr>(expression);
	    part != nullptr && part->getOperator() == OO_Subscript && part->getNumArgs() == 2)
		return name_in(part->getArg(0), element(*part->getArg(1)));
	if (const auto *call = dyn_cast<CXXMemberCallExpr>(expression);
	    call != nullptr && call->getNumArgs() == 0)
		return name_in(call->getImplicitObjectArgument(),
			       "." + name_of(*call).str() + "()");
	return {};
}

const Expr *constant_of(const Expr &expression)
{
	const auto *name = dyn_cast<DeclRefExpr>(&expression);
	const auto *variable = name == nullptr ? nullptr : dyn_cast<VarDecl>(name->getDecl());
	if (variable == nullptr || !variable->getType().isConstQualified() ||
	    !variable->getType()->isIntegralOrEnumerationType())
		return nullptr;
	return variable->getInit();
}

bool mentions(const Stmt &node, const ValueName &name)
{
	if (const auto *expression = dyn_cast<Expr>(&node))
		if (const auto found = name_of_value(expression); found && *found == name)
			return true;
	for (const auto *child : node.children())
		if (child != nullptr && mentions(*child, name))
			return true;
	return false;
}

} // namespace kcxx::lint
