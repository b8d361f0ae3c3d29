// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members end in the reverse order: a timer, work or thread has to be behind what its function
// uses.
#include "lint/callers.hpp"
#include "lint/own_members.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <clang/AST/RecursiveASTVisitor.h>

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

	OwnFields fields;

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

OwnFields used_by(const CXXRecordDecl &record, const CXXRecordDecl &caller)
{
	OwnMembers used(record);
	const auto called = functions_of(caller);
	for (const auto *function : called)
		used.follow(*function);
	if (!called.empty())
		return used.fields;
	for (const auto *lambda : lambdas_of(record, {caller.getName()}))
		used.TraverseStmt(lambda->getBody());
	return used.fields;
}

OwnFields ended_by_destructor(const CXXRecordDecl &record)
{
	Ended ended;
	const FunctionDecl *defined = nullptr;
	if (const auto *destructor = record.getDestructor();
	    destructor != nullptr && destructor->hasBody(defined))
		ended.TraverseStmt(defined->getBody());
	return ended.fields;
}

/** Returns whether something in @function uses @caller, a base's, behind the end of @record. */
bool uses_of_base(const CXXRecordDecl &record, const CXXRecordDecl &caller)
{
	return llvm::any_of(used_by(record, caller), [&](const FieldDecl *used) {
		return used->getParent() == &record &&
		       has_an_end(QualType(used->getType()->getBaseElementTypeUnsafe(), 0));
	});
}

/** Reports timers and the like of @base, which end after all members of @record. */
void base_order(Lint &lint, const CXXRecordDecl &record, const CXXRecordDecl &base)
{
	const auto ended = ended_by_destructor(record);
	for (const auto *field : base.fields())
		if (const auto *caller = caller_in(field->getType());
		    caller != nullptr && !functions_of(*caller).empty() &&
		    !ended.contains(field->getCanonicalDecl()) && uses_of_base(record, *caller))
			lint.report(ends_too_late, field->getLocation(), field->getSourceRange());
	for (const auto &each : base.bases())
		if (const auto *of = each.getType()->getAsCXXRecordDecl();
		    of != nullptr && of->hasDefinition())
			base_order(lint, record, *of->getDefinition());
}

/** Returns whether @part has a timer or the like, and refers to an object that is not its own. */
bool calls_back_with_others(const CXXRecordDecl &part)
{
	bool calls_back = false;
	bool refers = false;
	for (const auto *field : part.fields()) {
		const auto type = field->getType();
		const auto *caller = caller_in(type);
		calls_back |= caller != nullptr && !is_of_device(*caller);
		refers |= type->isReferenceType() || type->isPointerType();
	}
	return calls_back && refers;
}

/** Finds the members of *this in an initialiser that are declared behind one member. */
class Behind : public RecursiveASTVisitor<Behind>
{
public:
	explicit Behind(const FieldDecl &field) : field_(field) {}

	bool VisitMemberExpr(MemberExpr *member)
	{
		const auto *used = dyn_cast<FieldDecl>(member->getMemberDecl());
		found |= used != nullptr && used->getParent() == field_.getParent() &&
			 isa<CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()) &&
			 used->getFieldIndex() > field_.getFieldIndex() &&
			 has_an_end(QualType(used->getType()->getBaseElementTypeUnsafe(), 0));
		return true;
	}

	bool found = false;

private:
	const FieldDecl &field_;
};

/** Reports parts that call back, and were given a member that ends before them. */
void part_order(Lint &lint, const CXXRecordDecl &record, const FieldDecl &field)
{
	const auto *part = field.getType()->getAsCXXRecordDecl();
	if (part == nullptr || !part->hasDefinition() ||
	    !calls_back_with_others(*part->getDefinition()) ||
	    ended_by_destructor(record).contains(field.getCanonicalDecl()))
		return;
	Behind behind(field);
	for (auto *given : initialisers_of(field))
		behind.TraverseStmt(given);
	if (behind.found)
		lint.report(ends_too_late, field.getLocation(), field.getSourceRange());
}

} // namespace

void member_order(Lint &lint, const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() || record.isLambda())
		return;
	for (const auto &base : record.bases())
		if (const auto *of = base.getType()->getAsCXXRecordDecl();
		    of != nullptr && of->hasDefinition())
			base_order(lint, record, *of->getDefinition());
	for (const auto *field : record.fields()) {
		part_order(lint, record, *field);
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
