// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members end in the reverse order: a timer, work or thread has to be behind what its function
// uses.
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule ends_too_late = {
	.id = "kcxx-member-order",
	.what = "a member that calls back ends after a member that its function uses",
	.needed = "the member that calls back behind all that its function uses: members end in "
		  "the reverse order",
	.rewrite = "move its line to the end of the class; or call its shutdown() in the "
		   "destructor, or stop() of a "
		   "KThread",
};

using Fields = std::set<const FieldDecl *>;

/** Collects the members that code uses by `this`, also through functions of the same class. */
class Used : public RecursiveASTVisitor<Used>
{
public:
	explicit Used(const CXXRecordDecl &record) : record_(record) {}

	bool VisitMemberExpr(MemberExpr *member)
	{
		if (!isa<CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()))
			return true;
		if (const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl()))
			fields.insert(field->getCanonicalDecl());
		else if (const auto *function = dyn_cast<CXXMethodDecl>(member->getMemberDecl()))
			follow(*function);
		return true;
	}

	void follow(const CXXMethodDecl &function)
	{
		const FunctionDecl *defined = nullptr;
		if (function.getParent()->getCanonicalDecl() != record_.getCanonicalDecl() ||
		    !function.hasBody(defined) || !seen_.insert(defined).second)
			return;
		TraverseStmt(defined->getBody());
	}

	Fields fields;

private:
	const CXXRecordDecl &record_;
	std::set<const FunctionDecl *> seen_;
};

/** Finds calls that end a registration: timer_.shutdown(). */
class Ended : public RecursiveASTVisitor<Ended>
{
public:
	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		const auto *function = call->getMethodDecl();
		if (function == nullptr || function->getIdentifier() == nullptr)
			return true;
		const auto name = function->getName();
		if (name == "shutdown" || name == "stop" || name == "join" || name == "cancel" ||
		    name == "clear" || name == "reset")
			note(call->getImplicitObjectArgument());
		return true;
	}

	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *call)
	{
		if (call->isAssignmentOp())
			note(call->getArg(0));
		return true;
	}

	Fields fields;

private:
	void note(const Expr *object)
	{
		object = object->IgnoreParenImpCasts();
		if (const auto *call = dyn_cast<CXXOperatorCallExpr>(object);
		    call != nullptr && call->getNumArgs() == 1)
			object = call->getArg(0)->IgnoreParenImpCasts(); // *optional, box->
		if (const auto *member = dyn_cast<MemberExpr>(object))
			if (const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl()))
				fields.insert(field->getCanonicalDecl());
	}
};

/** Finds the lambdas with `this` that the functions of a class give to a thread or a closure. */
class Started : public RecursiveASTVisitor<Started>
{
public:
	Started(StringRef keeper, Used &used) : keeper_(keeper), used_(used) {}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *function = dyn_cast_or_null<CXXMethodDecl>(call->getDirectCallee());
		if (function == nullptr || function->getIdentifier() == nullptr ||
		    function->getParent()->getName() != keeper_)
			return true;
		for (auto *argument : call->arguments())
			if (auto *lambda =
				    dyn_cast<LambdaExpr>(argument->IgnoreUnlessSpelledInSource()))
				for (const auto &capture : lambda->captures())
					if (capture.capturesThis())
						used_.TraverseStmt(lambda->getBody());
		return true;
	}

private:
	StringRef keeper_;
	Used &used_;
};

/** The class of the library that @type is or holds, and calls back. */
const CXXRecordDecl *caller_in(QualType type, int depth = 0)
{
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || record->getIdentifier() == nullptr || depth > 3)
		return nullptr;
	const auto *space = dyn_cast<NamespaceDecl>(record->getEnclosingNamespaceContext());
	const bool library = space != nullptr && space->getIdentifier() != nullptr &&
			     space->getName() == "kernel";
	static constexpr std::array names = {"Timer",         "HrTimer",      "Work",
					     "DelayedWork",   "KThread",      "Closure",
					     "Irq",           "ThreadedIrq",  "RebootNotifier",
					     "PanicNotifier", "SysOffHandler"};
	if (library)
		for (const auto *name : names)
			if (record->getName() == name)
				return record;
	// Vec<KThread>, std::optional<Timer<...>>
	const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(record);
	if (instance == nullptr || !(library || record->isInStdNamespace()))
		return nullptr;
	for (const auto &argument : instance->getTemplateArgs().asArray())
		if (argument.getKind() == TemplateArgument::Type)
			if (const auto *found = caller_in(argument.getAsType(), depth + 1))
				return found;
	return nullptr;
}

Fields used_by(const CXXRecordDecl &record, const CXXRecordDecl &caller)
{
	Used used(record);
	const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(&caller);
	if (instance != nullptr &&
	    instance->getTemplateArgs()[0].getKind() == TemplateArgument::Declaration) {
		if (const auto *function =
			    dyn_cast<CXXMethodDecl>(instance->getTemplateArgs()[0].getAsDecl()))
			used.follow(*function);
		return used.fields;
	}
	Started started(caller.getName(), used);
	for (const auto *function : record.methods()) {
		const FunctionDecl *defined = nullptr;
		if (function->hasBody(defined))
			started.TraverseStmt(defined->getBody());
	}
	return used.fields;
}

Fields ended_by_destructor(const CXXRecordDecl &record)
{
	Ended ended;
	const FunctionDecl *defined = nullptr;
	if (const auto *destructor = record.getDestructor();
	    destructor != nullptr && destructor->hasBody(defined))
		ended.TraverseStmt(defined->getBody());
	return ended.fields;
}

/** Returns whether the library ends @caller before the object of a driver. */
bool is_of_device(const CXXRecordDecl &caller)
{
	return caller.getName() == "Irq" || caller.getName() == "ThreadedIrq";
}

bool is_driver(const CXXRecordDecl &record)
{
	return std::ranges::any_of(record.methods(), [](const CXXMethodDecl *method) {
		return method->isStatic() && method->getIdentifier() != nullptr &&
		       method->getName() == "probe";
	});
}

} // namespace

void member_order(Lint &lint, const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() || record.isLambda())
		return;
	for (const auto *field : record.fields()) {
		const auto *caller = caller_in(field->getType());
		if (caller == nullptr || (is_of_device(*caller) && is_driver(record)) ||
		    ended_by_destructor(record).contains(field->getCanonicalDecl()))
			continue;
		for (const auto *used : used_by(record, *caller))
			if (used->getParent() == &record &&
			    used->getFieldIndex() > field->getFieldIndex() &&
			    has_an_end(QualType(used->getType()->getBaseElementTypeUnsafe(), 0))) {
				lint.report(ends_too_late, field->getLocation(),
					    field->getSourceRange());
				break;
			}
	}
}

} // namespace kcxx::lint
