// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/callables.hpp"

#include "lint/call_names.hpp"
#include "lint/guards.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <array>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns whether an object of @type is callable, or a container, a class of std's with such. */
bool holds_callables(QualType type, int depth = 0)
{
	type = type.getNonReferenceType().getCanonicalType();
	if (const auto *array = dyn_cast<ArrayType>(type))
		return holds_callables(array->getElementType(), depth + 1);
	if (is_callable(type))
		return true;
	if (const auto *pointer = dyn_cast<PointerType>(type)) // an iterator
		return holds_callables(pointer->getPointeeType(), depth + 1);
	const auto *instance =
		dyn_cast_or_null<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
	if (instance == nullptr || depth > 3)
		return false;
	return llvm::any_of(instance->getTemplateArgs().asArray(), [&](const auto &argument) {
		return argument.getKind() == TemplateArgument::Type &&
		       holds_callables(argument.getAsType(), depth + 1);
	});
}

/** Returns the one declaration of @value by which it is known. */
const ValueDecl *key_of(const ValueDecl &value)
{
	if (const auto *parameter = dyn_cast<ParmVarDecl>(&value))
		if (const auto *function = dyn_cast<FunctionDecl>(parameter->getDeclContext());
		    function != nullptr &&
		    parameter->getFunctionScopeIndex() < function->getNumParams())
			return function->getCanonicalDecl()->getParamDecl(
				parameter->getFunctionScopeIndex());
	return cast<ValueDecl>(value.getCanonicalDecl());
}

const FunctionDecl *call_operator(const CXXRecordDecl &lambda)
{
	return lambda.isLambda() && !lambda.isGenericLambda() ? lambda.getLambdaCallOperator()
							      : nullptr;
}

/** Returns the variable or member at the root of @expression: handlers of handlers[i]. */
const ValueDecl *root_of(const Expr &expression)
{
	const auto *bare = expression.IgnoreParenCasts()->IgnoreImplicit();
	if (const auto *name = dyn_cast<DeclRefExpr>(bare))
		return name->getDecl();
	if (const auto *member = dyn_cast<MemberExpr>(bare))
		return member->getMemberDecl();
	if (const auto *part = dyn_cast<ArraySubscriptExpr>(bare))
		return root_of(*part->getBase());
	if (const auto *call = dyn_cast<CallExpr>(bare))
		if (const auto *object = object_of(*call))
			return root_of(*object);
	return nullptr;
}

} // namespace

bool is_callable(QualType type)
{
	type = type.getNonReferenceType().getCanonicalType();
	return type->isFunctionType() || type->isFunctionPointerType() ||
	       type->isMemberFunctionPointerType() || is_class(type, {"FunctionRef"});
}

bool is_call_of_reference(const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	return method != nullptr && method->getOverloadedOperator() == OO_Call &&
	       method->getParent()->getIdentifier() != nullptr &&
	       method->getParent()->getName() == "FunctionRef";
}

/** Notes where the user's code puts functions, and what overrides virtual functions. */
class Callables::Collector : public RecursiveASTVisitor<Collector>
{
public:
	explicit Collector(Callables &all) : all_(all) {}

	bool shouldVisitTemplateInstantiations() const { return true; }
	bool shouldVisitImplicitCode() const { return true; }

	bool VisitVarDecl(VarDecl *variable)
	{
		note(*variable, variable->getInit());
		return true;
	}

	bool VisitFieldDecl(FieldDecl *field)
	{
		if (field->hasInClassInitializer())
			note(*field, field->getInClassInitializer());
		return true;
	}

	bool TraverseConstructorInitializer(CXXCtorInitializer *made)
	{
		if (made->isAnyMemberInitializer())
			note(*made->getAnyMember(), made->getInit());
		return RecursiveASTVisitor::TraverseConstructorInitializer(made);
	}

	bool VisitBinaryOperator(BinaryOperator *assigned)
	{
		if (assigned->getOpcode() == BO_Assign && is_callable(assigned->getType()))
			put(*assigned->getLHS(), *assigned->getRHS());
		return true;
	}

	bool VisitInitListExpr(InitListExpr *list)
	{
		const auto *whole = list->isSemanticForm() ? list : list->getSemanticForm();
		const auto *record =
			whole == nullptr ? nullptr : whole->getType()->getAsRecordDecl();
		if (record == nullptr || record->isUnion())
			return true;
		const auto *of_class = dyn_cast<CXXRecordDecl>(record);
		unsigned at = of_class == nullptr ? 0 : of_class->getNumBases();
		for (const auto *field : record->fields())
			if (!field->isUnnamedBitField() && at < whole->getNumInits())
				note(*field, whole->getInit(at++));
		return true;
	}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *function = call->getDirectCallee();
		for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i)
			note(*function->getParamDecl(i), argument_of(*call, *function, i));
		const auto *object = object_of(*call);
		if (object != nullptr && holds_callables(object->getType()))
			for (const auto *argument : call->arguments())
				if (argument != object && is_callable(argument->getType()))
					put(*object, *argument);
		for (const auto *argument : call->arguments())
			if (const auto *lambda = dyn_cast<LambdaExpr>(argument->IgnoreImplicit()))
				lend(*call, *lambda);
		return true;
	}

	bool VisitCXXConstructExpr(CXXConstructExpr *made)
	{
		const auto *function = made->getConstructor();
		for (unsigned i = 0; i < function->getNumParams() && i < made->getNumArgs(); ++i)
			note(*function->getParamDecl(i), made->getArg(i));
		return true;
	}

	bool VisitCXXRecordDecl(CXXRecordDecl *record)
	{
		if (!record->isThisDeclarationADefinition() || record->isDependentType())
			return true;
		for (const auto *method : record->methods())
			overrides(*method, *method);
		return true;
	}

private:
	void note(const ValueDecl &value, const Expr *expression)
	{
		if (expression != nullptr && holds_callables(value.getType()))
			all_.values_[key_of(value)].push_back(expression);
	}

	/** Notes that the function of @call may give its other arguments to @lambda. */
	void lend(const CallExpr &call, const LambdaExpr &lambda)
	{
		for (const auto *parameter : lambda.getCallOperator()->parameters())
			for (const auto *argument : call.arguments())
				if (argument->IgnoreImplicit() != &lambda &&
				    holds_callables(argument->getType()))
					note(*parameter, argument);
	}

	void put(const Expr &target, const Expr &expression)
	{
		if (const auto *root = root_of(target))
			all_.values_[key_of(*root)].push_back(&expression);
	}

	void overrides(const CXXMethodDecl &method, const CXXMethodDecl &last)
	{
		for (const auto *base : method.overridden_methods()) {
			all_.overriders_[base->getCanonicalDecl()].insert(&last);
			overrides(*base, last);
		}
	}

	Callables &all_;
};

void Callables::collect()
{
	if (std::exchange(is_collected_, true))
		return;
	Collector collector(*this);
	each_of_user(lint_, *lint_.ast().getTranslationUnitDecl(),
		     [&](Decl &declaration) { collector.TraverseDecl(&declaration); });
}

Targets Callables::of(const Expr &expression, const Bindings &bindings)
{
	collect();
	Seen seen;
	return resolve(expression, bindings, seen);
}

Targets Callables::of_indirect_call(const CallExpr &call, const Bindings &bindings)
{
	const auto *function = call.getDirectCallee();
	return of(function != nullptr && object_of(call) != nullptr ? *object_of(call)
								    : *call.getCallee(),
		  bindings);
}

Targets Callables::of_virtual(const CXXMethodDecl &method)
{
	collect();
	Targets targets;
	if (!method.isPureVirtual() || method.hasBody())
		targets.functions.insert(&method);
	if (const auto found = overriders_.find(method.getCanonicalDecl());
	    found != overriders_.end())
		targets.functions.insert(found->second.begin(), found->second.end());
	targets.is_open = targets.functions.empty();
	return targets;
}

Bindings Callables::given_by(const CallExpr &call, const FunctionDecl &function,
			     const Bindings &outer)
{
	Bindings given;
	for (unsigned i = 0; i < function.getNumParams(); ++i) {
		const auto *argument = argument_of(call, function, i);
		if (argument == nullptr || !is_callable(function.getParamDecl(i)->getType()))
			continue;
		auto targets = of(*argument, outer);
		if (!targets.is_open) // else all that comes into the parameter counts
			given[key_of(*function.getParamDecl(i))] = std::move(targets);
	}
	return given;
}

Targets Callables::resolve(const Expr &expression, const Bindings &bindings, Seen &seen)
{
	const auto *bare = expression.IgnoreParenCasts()->IgnoreImplicit();
	if (bare != &expression)
		return resolve(*bare, bindings, seen);
	const auto both = [&](const Expr *one, const Expr *other) {
		auto targets = resolve(*one, bindings, seen);
		targets.add(resolve(*other, bindings, seen));
		return targets;
	};
	if (const auto *name = dyn_cast<DeclRefExpr>(bare))
		return of_value(*name->getDecl(), bindings, seen);
	if (const auto *member = dyn_cast<MemberExpr>(bare))
		return of_value(*member->getMemberDecl(), bindings, seen);
	if (const auto *unary = dyn_cast<UnaryOperator>(bare))
		return resolve(*unary->getSubExpr(), bindings, seen);
	if (const auto *choice = dyn_cast<AbstractConditionalOperator>(bare))
		return both(choice->getTrueExpr(), choice->getFalseExpr());
	if (const auto *binary = dyn_cast<BinaryOperator>(bare))
		return resolve(binary->isAdditiveOp() ? *binary->getLHS() : *binary->getRHS(),
			       bindings, seen);
	if (const auto *part = dyn_cast<ArraySubscriptExpr>(bare))
		return resolve(*part->getBase(), bindings, seen);
	if (const auto *list = dyn_cast<InitListExpr>(bare)) {
		Targets targets;
		for (const auto *each : list->inits())
			targets.add(resolve(*each, bindings, seen));
		return targets;
	}
	if (const auto *lambda = dyn_cast<LambdaExpr>(bare)) {
		const auto *function = call_operator(*lambda->getLambdaClass());
		return function == nullptr ? Targets{{}, true} : Targets{{function}, false};
	}
	if (const auto *made = dyn_cast<CXXConstructExpr>(bare))
		return of_construction(*made, bindings, seen);
	if (const auto *call = dyn_cast<CallExpr>(bare))
		return of_call(*call, bindings, seen);
	if (const auto *block = dyn_cast<StmtExpr>(bare))
		if (const auto *last =
			    dyn_cast_or_null<Expr>(block->getSubStmt()->getStmtExprResult()))
			return resolve(*last, bindings, seen);
	if (const auto *set = dyn_cast<CXXDefaultArgExpr>(bare))
		return resolve(*set->getExpr(), bindings, seen);
	if (const auto *set = dyn_cast<CXXDefaultInitExpr>(bare))
		return resolve(*set->getExpr(), bindings, seen);
	const bool is_nothing = isa<CXXNullPtrLiteralExpr, GNUNullExpr, IntegerLiteral,
				    ImplicitValueInitExpr, CXXScalarValueInitExpr>(bare);
	return {.functions = {}, .is_open = !is_nothing};
}

/** Returns the functions of a FunctionRef, or of another object that holds some. */
Targets Callables::of_construction(const CXXConstructExpr &made, const Bindings &bindings,
				   Seen &seen)
{
	Targets targets;
	for (const auto *argument : made.arguments())
		if (holds_callables(argument->getType()))
			targets.add(resolve(*argument, bindings, seen));
	if (!targets.functions.empty() || targets.is_open || made.getNumArgs() == 0)
		return targets;
	// The constructor of a FunctionRef names the function that calls its object.
	if (const auto *constructor =
		    dyn_cast_or_null<CXXConstructorDecl>(made.getConstructor()->getDefinition()))
		for (const auto *member : constructor->inits())
			if (member->isAnyMemberInitializer() &&
			    is_callable(member->getAnyMember()->getType()))
				targets.add(resolve(*member->getInit(), {}, seen));
	targets.is_open |= targets.functions.empty() && is_callable(made.getType());
	return targets;
}

/** Returns the functions in the result of @call. */
Targets Callables::of_call(const CallExpr &call, const Bindings &bindings, Seen &seen)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr)
		return {.functions = {}, .is_open = true};
	if (const auto *conversion = dyn_cast<CXXConversionDecl>(function);
	    conversion != nullptr && conversion->getParent()->isLambda()) {
		const auto *called = call_operator(*conversion->getParent());
		return called == nullptr ? Targets{{}, true} : Targets{{called}, false};
	}
	if (lint_.files().origin(function->getLocation()) == Origin::user)
		return returned_by(*function, seen);
	// An element, or what std::move(), std::exchange() or value() return
	if (const auto *object = object_of(call))
		return resolve(*object, bindings, seen);
	Targets targets{{}, true};
	for (const auto *argument : call.arguments())
		if (holds_callables(argument->getType())) {
			targets.is_open = false;
			targets.add(resolve(*argument, bindings, seen));
		}
	return targets;
}

Targets Callables::of_value(const ValueDecl &value, const Bindings &bindings, Seen &seen)
{
	if (const auto *function = dyn_cast<FunctionDecl>(&value))
		return {{function}, false};
	if (const auto *part = dyn_cast<BindingDecl>(&value);
	    part != nullptr && part->getBinding() != nullptr)
		return resolve(*part->getBinding(), bindings, seen);
	if (is_declared_quiet(value))
		return {};
	const auto *key = key_of(value);
	if (const auto given = bindings.find(key); given != bindings.end())
		return given->second;
	if (!seen.insert(key).second)
		return {};
	const auto found = values_.find(key);
	if (found == values_.end())
		return {.functions = {}, .is_open = true};
	Targets targets;
	for (const auto *each : found->second)
		targets.add(resolve(*each, {}, seen));
	return targets;
}

Targets Callables::returned_by(const FunctionDecl &function, Seen &seen)
{
	struct Returns : RecursiveASTVisitor<Returns> {
		bool VisitReturnStmt(ReturnStmt *end)
		{
			if (end->getRetValue() != nullptr)
				values.push_back(end->getRetValue());
			return true;
		}
		bool TraverseLambdaExpr(LambdaExpr * /*has its own*/) { return true; }
		std::vector<const Expr *> values;
	};
	const FunctionDecl *defined = nullptr;
	if (!function.hasBody(defined))
		return {.functions = {}, .is_open = true};
	if (!seen.insert(defined).second)
		return {};
	Returns returns;
	returns.TraverseStmt(defined->getBody());
	Targets targets;
	for (const auto *each : returns.values)
		targets.add(resolve(*each, {}, seen));
	return targets;
}

} // namespace kcxx::lint
