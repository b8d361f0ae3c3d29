// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/started_callbacks.hpp"

#include "lint/call_names.hpp"
#include "lint/lambda_keepers.hpp"
#include "lint/type_parts.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Functions of timers, works, interrupts and loaders that let the callback run */
constexpr std::array<StringRef, 6> starting = {"start", "start_at", "queue",
					       "mod",   "request",  "enable"};

const char *const name_of_lambda = "the lambda";

/** Finds irq_flags::disabled, with which an interrupt waits for enable(). */
class IsDisabled : public RecursiveASTVisitor<IsDisabled>
{
public:
	bool VisitDeclRefExpr(DeclRefExpr *name)
	{
		const auto *flag = name->getDecl();
		found |= flag->getIdentifier() != nullptr && flag->getName() == "disabled";
		return !found;
	}

	bool found = false;
};

/** Collects the lambdas with `this` that an expression gives to Closure::make(). */
class ClosureLambdas : public RecursiveASTVisitor<ClosureLambdas>
{
public:
	bool VisitCallExpr(CallExpr *call)
	{
		const auto *method = dyn_cast_or_null<CXXMethodDecl>(call->getDirectCallee());
		if (method == nullptr || method->getParent()->getIdentifier() == nullptr ||
		    method->getParent()->getName() != "Closure")
			return true;
		for (const auto *argument : call->arguments())
			if (const auto *lambda = given_lambda(*argument))
				lambdas.insert(lambda);
		return true;
	}

	bool VisitDeclRefExpr(DeclRefExpr *name)
	{
		auto *variable = dyn_cast<VarDecl>(name->getDecl());
		if (variable != nullptr && variable->isLocalVarDecl() && variable->hasInit() &&
		    seen_.insert(variable).second)
			TraverseStmt(variable->getInit());
		return true;
	}

	std::set<const LambdaExpr *> lambdas;

private:
	std::set<const VarDecl *> seen_;
};

/** Collects the lambdas of the closures that a class puts into one of its members. */
class ClosuresOf : public RecursiveASTVisitor<ClosuresOf>
{
public:
	explicit ClosuresOf(const ValueDecl &field) : field_(field) {}

	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *call)
	{
		if (call->isAssignmentOp() && is_of_field(*call->getArg(0)))
			closures.TraverseStmt(call->getArg(1));
		return true;
	}

	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		if (is_of_field(*call->getImplicitObjectArgument()))
			for (auto *argument : call->arguments())
				closures.TraverseStmt(argument);
		return true;
	}

	ClosureLambdas closures;

private:
	[[nodiscard]] bool is_of_field(const Expr &object) const
	{
		const auto path = object_path(object);
		return path && path->root == nullptr && path->members == std::vector{&field_};
	}

	const ValueDecl &field_;
};

/** Returns whether @argument is *this, or an owner that a subsystem finds it by. */
bool gives_this(const Expr &argument, const CXXRecordDecl &record)
{
	const auto *unary = dyn_cast<UnaryOperator>(argument.IgnoreParenImpCasts());
	if (unary != nullptr && unary->getOpcode() == UO_Deref &&
	    isa<CXXThisExpr>(unary->getSubExpr()->IgnoreParenImpCasts()))
		return true;
	const auto first_of = [](QualType type, StringRef name) -> const CXXRecordDecl * {
		const auto *instance = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
			type.getNonReferenceType()->getAsCXXRecordDecl());
		return instance != nullptr && instance->getName() == name &&
				       instance->getTemplateArgs()[0].getKind() ==
					       TemplateArgument::Type
			       ? instance->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl()
			       : nullptr;
	};
	const auto *shared = first_of(argument.getType(), "Arc"); // Arc<Revocable<Pump>>
	const auto *own = shared == nullptr
				  ? nullptr
				  : first_of(QualType(shared->getTypeForDecl(), 0), "Revocable");
	return own != nullptr && own->getCanonicalDecl() == record.getCanonicalDecl();
}

/** Finds the calls in the functions of one class that start its callbacks. */
class StartingCalls : public RecursiveASTVisitor<StartingCalls>
{
public:
	StartingCalls(Lint &lint, LibraryCalls &calls, const CXXRecordDecl &record)
	    : lint_(lint), calls_(calls), record_(record)
	{
	}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *function = call->getDirectCallee();
		if (function == nullptr || function->getIdentifier() == nullptr ||
		    lint_.files().origin(function->getLocation()) != Origin::library)
			return true;
		if (const auto *of_member = dyn_cast<CXXMemberCallExpr>(call);
		    of_member != nullptr && llvm::is_contained(starting, function->getName()))
			item(*of_member);
		lambda(*call, *function);
		registration(*call, *function);
		return true;
	}

	std::vector<StartedCallback> found;

private:
	/** Notes timer_.start(), work_.queue(), irq_.request(). */
	void item(const CXXMemberCallExpr &call)
	{
		const auto *object = call.getImplicitObjectArgument()->IgnoreParenImpCasts();
		const auto type = object->getType();
		const auto *caller =
			caller_in(type->isPointerType() ? type->getPointeeType() : type);
		const auto path = object_path(*object);
		if (caller == nullptr || !path || path->members.size() > 1 || is_kept_off(call))
			return;
		const auto functions = functions_of(*caller);
		if (functions.empty())
			return;
		const auto &first = *functions.front();
		if (lint_.files().origin(first.getLocation()) != Origin::user)
			closure(call, *path);
		else if (path->root == nullptr)
			found.push_back({.call = &call,
					 .name = first.getNameAsString() + "()",
					 .functions = functions});
	}

	static bool is_kept_off(const CXXMemberCallExpr &call)
	{
		IsDisabled disabled;
		for (const auto *argument : call.arguments())
			disabled.TraverseStmt(const_cast<Expr *>(argument));
		return disabled.found;
	}

	/** Notes the lambda of the Closure at @path, which @call starts. */
	void closure(const CXXMemberCallExpr &call, const ObjectPath &path)
	{
		for (const auto *lambda :
		     path.root == nullptr ? of_member(path) : of_local(*path.root))
			add(call, *lambda);
	}

	[[nodiscard]] std::set<const LambdaExpr *> of_member(const ObjectPath &path) const
	{
		if (path.members.empty())
			return {};
		ClosuresOf put(*path.members.front());
		for (const auto *method : record_.methods())
			if (const FunctionDecl *defined = nullptr; method->hasBody(defined))
				put.TraverseStmt(defined->getBody());
		if (const auto *field = dyn_cast<FieldDecl>(path.members.front()))
			for (auto *given : initialisers_of(*field))
				put.closures.TraverseStmt(given);
		return put.closures.lambdas;
	}

	static std::set<const LambdaExpr *> of_local(const ValueDecl &root)
	{
		ClosureLambdas closures;
		const auto *variable = dyn_cast<VarDecl>(&root);
		if (variable != nullptr && variable->hasInit())
			closures.TraverseStmt(const_cast<Expr *>(variable->getInit()));
		return closures.lambdas;
	}

	/** Notes KThread::run(), PanicNotifier::make() and the like. */
	void lambda(const CallExpr &call, const FunctionDecl &function)
	{
		const auto *method = dyn_cast<CXXMethodDecl>(&function);
		if (method == nullptr || method->getParent()->getIdentifier() == nullptr ||
		    !llvm::is_contained(lambda_keepers, method->getParent()->getName()) ||
		    method->getParent()->getName() == "Closure")
			return;
		for (const auto *argument : call.arguments())
			if (const auto *lambda = given_lambda(*argument))
				add(call, *lambda);
	}

	void add(const CallExpr &call, const LambdaExpr &lambda)
	{
		if (llvm::any_of(lambda.captures(),
				 [](const auto &capture) { return capture.capturesThis(); }))
			found.push_back({.call = &call,
					 .name = name_of_lambda,
					 .functions = {},
					 .body = lambda.getBody()});
	}

	/** Notes hwmon::add(device, "pump", *this), MiscDevice<Pump>::make("pump", 0600, edu). */
	void registration(const CallExpr &call, const FunctionDecl &function)
	{
		const bool registers = function.getName() == "add" || function.getName() == "make";
		const auto *method = dyn_cast<CXXMethodDecl>(&function);
		if (!registers ||
		    (method != nullptr && method->getParent()->getName() == "Revocable") ||
		    llvm::none_of(call.arguments(), [&](const auto *argument) {
			    return gives_this(*argument, record_);
		    }))
			return;
		const auto part = library_part(lint_, function.getLocation());
		for (const auto *called : record_.methods())
			if (!called->isStatic() && !runs_alone(*called) &&
			    calls_.has(*called, part))
				found.push_back({.call = &call,
						 .name = called->getNameAsString() + "()",
						 .functions = {called}});
	}

	Lint &lint_;
	LibraryCalls &calls_;
	const CXXRecordDecl &record_;
};

void look_into(StartingCalls &starts, const CXXRecordDecl &part)
{
	for (const auto &base : part.bases())
		if (const auto *of = base.getType()->getAsCXXRecordDecl();
		    of != nullptr && of->hasDefinition())
			look_into(starts, *of->getDefinition());
	for (const auto *method : part.methods())
		if (const FunctionDecl *defined = nullptr; method->hasBody(defined))
			starts.TraverseStmt(defined->getBody());
	for (const auto *field : part.fields())
		for (auto *given : initialisers_of(*field))
			starts.TraverseStmt(given);
}

} // namespace

std::vector<StartedCallback> started_callbacks(Lint &lint, LibraryCalls &calls,
					       const CXXRecordDecl &record)
{
	StartingCalls starts(lint, calls, record);
	look_into(starts, record);
	return std::move(starts.found);
}

} // namespace kcxx::lint
