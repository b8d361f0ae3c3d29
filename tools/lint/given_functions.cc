// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/given_functions.hpp"

#include "lint/callables.hpp"
#include "lint/callers.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Functions that keep a lambda for later, or return it */
constexpr std::array<StringRef, 12> keeping = {"run",         "make",    "push",     "push_back",
					       "insert",      "emplace", "exchange", "move",
					       "try_emplace", "forward", "ref",      "swap"};

} // namespace

bool keeps_functions(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	return function == nullptr || function->getOverloadedOperator() == OO_Equal ||
	       (function->getIdentifier() != nullptr &&
		llvm::is_contained(keeping, function->getName()));
}

bool is_function_object(QualType type)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	return is_callable(type) || (record != nullptr && record->isLambda());
}

const ParmVarDecl *named_parameter(const Expr &expression)
{
	const auto *bare = expression.IgnoreUnlessSpelledInSource()->IgnoreParenCasts();
	if (const auto *call = dyn_cast<CallExpr>(bare);
	    call != nullptr && call->getNumArgs() == 1 && call->getDirectCallee() != nullptr &&
	    call->getDirectCallee()->isInStdNamespace() &&
	    call->getDirectCallee()->getIdentifier() != nullptr &&
	    llvm::is_contained({"move", "forward"}, call->getDirectCallee()->getName()))
		bare = call->getArg(0)->IgnoreUnlessSpelledInSource()->IgnoreParenCasts();
	const auto *name = dyn_cast<DeclRefExpr>(bare);
	return name == nullptr ? nullptr : dyn_cast<ParmVarDecl>(name->getDecl());
}

const ParmVarDecl *called_parameter(const CallExpr &call)
{
	if (const auto *written = dyn_cast<CXXOperatorCallExpr>(&call))
		return written->getOperator() == OO_Call ? named_parameter(*written->getArg(0))
							 : nullptr;
	return call.getDirectCallee() == nullptr ? named_parameter(*call.getCallee()) : nullptr;
}

std::vector<const FunctionDecl *> lambda_functions(const Expr &argument)
{
	std::vector<const FunctionDecl *> functions;
	const auto *lambda = given_lambda(argument);
	if (lambda == nullptr)
		return functions;
	if (const auto *of_many = lambda->getDependentCallOperator())
		for (const auto *each : of_many->specializations())
			functions.push_back(each);
	else
		functions.push_back(lambda->getCallOperator());
	return functions;
}

} // namespace kcxx::lint
