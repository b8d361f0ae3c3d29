// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/call_names.hpp"

#include "lint/type_parts.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

bool is_global(const ValueDecl *root)
{
	const auto *variable = dyn_cast_or_null<VarDecl>(root);
	return variable != nullptr && variable->hasGlobalStorage();
}

} // namespace

bool is_of_lambda(const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	return method != nullptr && method->getParent()->isLambda();
}

bool gives_access(QualType type)
{
	return (type->isLValueReferenceType() || type->isPointerType()) &&
	       !type->getPointeeType().isConstQualified();
}

const Expr *object_of(const CallExpr &call)
{
	if (const auto *member = dyn_cast<CXXMemberCallExpr>(&call))
		return member->getImplicitObjectArgument();
	const auto *written = dyn_cast<CXXOperatorCallExpr>(&call);
	const bool of_class =
		written != nullptr && isa_and_nonnull<CXXMethodDecl>(call.getDirectCallee());
	return of_class ? written->getArg(0) : nullptr;
}

const Expr *converted_object(const Stmt &node)
{
	const auto *call = dyn_cast<CXXMemberCallExpr>(&node);
	return call != nullptr && isa_and_nonnull<CXXConversionDecl>(call->getMethodDecl())
		       ? call->getImplicitObjectArgument()
		       : nullptr;
}

Assignment assignment_in(const Stmt &node)
{
	if (const auto *binary = dyn_cast<BinaryOperator>(&node);
	    binary != nullptr && binary->getOpcode() == BO_Assign)
		return {.object = binary->getLHS(), .value = binary->getRHS()};
	if (const auto *call = dyn_cast<CXXOperatorCallExpr>(&node);
	    call != nullptr && call->getOperator() == OO_Equal && call->getNumArgs() == 2)
		return {.object = call->getArg(0), .value = call->getArg(1)};
	return {};
}

const Expr *argument_of(const CallExpr &call, const FunctionDecl &function, unsigned index)
{
	const bool has_object = isa<CXXOperatorCallExpr>(call) && isa<CXXMethodDecl>(function);
	const unsigned place = index + (has_object ? 1 : 0);
	return place < call.getNumArgs() ? call.getArg(place) : nullptr;
}

StringRef algorithm_name(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || !is_of_std(*function))
		return {};
	if (isa<CXXOperatorCallExpr>(call)) {
		const auto *object = dyn_cast<DeclRefExpr>(call.getArg(0)->IgnoreParenImpCasts());
		return object != nullptr && is_of_std(*object->getDecl())
			       ? object->getDecl()->getName()
			       : StringRef{};
	}
	return isa<CXXMethodDecl>(function) || function->getIdentifier() == nullptr
		       ? StringRef{}
		       : function->getName();
}

std::vector<ObjectPath> names_within(const FunctionDecl &function, const CallExpr &call,
				     const ObjectPath &object, Can can)
{
	std::vector<ObjectPath> names;
	const auto is_given = [&](QualType type) {
		return gives_access(type) || (can == Can::use && (type->isLValueReferenceType() ||
								  type->isPointerType()));
	};
	const auto add = [&](const Expr *argument, const ValueDecl *root) {
		const auto outer = argument == nullptr ? std::nullopt : object_path(*argument);
		if (auto inner = outer ? object.behind(*outer, root) : std::nullopt)
			names.push_back(std::move(*inner));
	};
	if (is_of_lambda(function) || is_global(object.root))
		names.push_back(object);
	if (const auto *method = dyn_cast<CXXMethodDecl>(&function);
	    method != nullptr && (can == Can::use || !method->isConst()) && !is_of_lambda(function))
		add(object_of(call), nullptr);
	for (unsigned i = 0; i < function.getNumParams(); ++i)
		if (const auto *parameter = function.getParamDecl(i);
		    is_given(parameter->getType()))
			add(argument_of(call, function, i), parameter);
	return names;
}

std::optional<ObjectPath> name_outside(const FunctionDecl &function, const CallExpr &call,
				       const ObjectPath &object)
{
	const Expr *outer = nullptr;
	if (object.root == nullptr && !is_of_lambda(function))
		outer = object_of(call);
	else if (const auto *parameter = dyn_cast_or_null<ParmVarDecl>(object.root);
		 parameter != nullptr && parameter->getDeclContext() == &function)
		outer = argument_of(call, function, parameter->getFunctionScopeIndex());
	else if (is_of_lambda(function) || is_global(object.root))
		return object;
	auto name = outer == nullptr ? std::nullopt : object_path(*outer);
	if (name)
		name->members.insert(name->members.end(), object.members.begin(),
				     object.members.end());
	return name;
}

} // namespace kcxx::lint
