// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Lambdas that run when the function has returned: a queue's, a thread's, a timer's, a notifier's.
#include "lint/call_names.hpp"
#include "lint/lambda_keepers.hpp"
#include "lint/object_path.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/value_names.hpp"
#include "lint/viewed_objects.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/ParentMapContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <optional>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule kept_reference = {
	.id = "kcxx-capture",
	.what = "a lambda that runs later keeps a reference to what may have ended by then",
	.needed = "captures that the lambda owns",
	.rewrite = "[pump = pump.clone()] with a kernel::Arc<Pump>, [pump = std::move(pump)] with "
		   "a Box, or [level] for a "
		   "copy; what waits in the same function is a kernel::Completion and its wait()",
};

constexpr Rule bound_to_its_place = {
	.id = "kcxx-send",
	.what = "something that belongs to the task or the scope that made it goes to another "
		"task, "
		"interrupt or CPU",
	.needed = "values and owners: what they refer to lives as long as they do",
	.rewrite = "read what is needed before, and give that: auto text = KTRY(from.read_all(16, "
		   "kernel::GFP_KERNEL)); a template argument in place of a kernel::FunctionRef",
};

/** Returns @expression without what copies, moves or names it. */
const Expr *bare(const Expr *expression)
{
	for (const Expr *before = nullptr; before != expression;) {
		before = expression;
		expression = expression->IgnoreUnlessSpelledInSource();
		if (const auto *made = dyn_cast<CXXConstructExpr>(expression);
		    made != nullptr && made->getNumArgs() == 1)
			expression = made->getArg(0);
		else if (const auto *call = dyn_cast<CallExpr>(expression);
			 call != nullptr && is_std_move(*call))
			expression = call->getArg(0);
	}
	return expression;
}

const LambdaExpr *lambda_of(const Expr *argument)
{
	const auto *expression = bare(argument);
	if (const auto *named = dyn_cast<DeclRefExpr>(expression))
		if (const auto *variable = dyn_cast<VarDecl>(named->getDecl());
		    variable != nullptr && variable->hasInit())
			expression = bare(variable->getInit());
	return dyn_cast<LambdaExpr>(expression);
}

/** A capture, or another argument, as far as it outlives the call. */
struct Kept {
	ViewedObjects objects;
	bool is_raw; // a pointer or a reference; else a view
};

/** Returns the owners whose objects @lambda keeps as well, by a move or a clone(). */
std::set<const VarDecl *> owned_by(const LambdaExpr &lambda)
{
	std::set<const VarDecl *> owned;
	for (const auto *init : lambda.capture_inits()) {
		const auto *kept = init == nullptr ? nullptr : bare(init);
		if (const auto *clone = dyn_cast_or_null<CXXMemberCallExpr>(kept);
		    clone != nullptr && clone->getMethodDecl() != nullptr &&
		    clone->getMethodDecl()->getIdentifier() != nullptr &&
		    clone->getMethodDecl()->getName() == "clone")
			kept = bare(clone->getImplicitObjectArgument());
		const auto *name = dyn_cast_or_null<DeclRefExpr>(kept);
		const auto *variable =
			name == nullptr ? nullptr : dyn_cast<VarDecl>(name->getDecl());
		if (variable != nullptr && is_class(variable->getType(), {"Arc", "Box"}))
			owned.insert(variable);
	}
	return owned;
}

Kept kept_by(Lint &lint, const LambdaCapture &capture, const LambdaExpr &lambda)
{
	Kept kept{.objects = ViewedObjects(lint, owned_by(lambda)), .is_raw = false};
	const auto *variable =
		capture.capturesVariable() ? dyn_cast<VarDecl>(capture.getCapturedVar()) : nullptr;
	if (variable == nullptr || !variable->hasLocalStorage())
		return kept;
	const auto type = variable->getType();
	if (capture.getCaptureKind() != LCK_ByRef && type->isReferenceType() &&
	    !is_view(lint, type->getPointeeType()))
		return kept; // a copy of the object
	kept.is_raw = capture.getCaptureKind() == LCK_ByRef || type->isPointerType();
	if (capture.getCaptureKind() != LCK_ByRef)
		kept.objects.add_value(*variable);
	else if (variable->isInitCapture())
		kept.objects.add_object(*variable->getInit());
	else
		kept.objects.add_object(*variable);
	return kept;
}

/** Where the value of a call goes. */
class Destination
{
public:
	Destination(Lint &lint, const CallExpr &call) : lint_(lint)
	{
		follow(DynTypedNode::create(call));
	}

	/** It leaves the function, by return, a member or another call. */
	[[nodiscard]] bool leaves() const { return leaves_; }
	[[nodiscard]] const VarDecl *variable() const { return variable_; }

private:
	void follow(const DynTypedNode &from)
	{
		const auto parents = lint_.ast().getParents(from);
		if (parents.empty())
			return;
		const auto &above = parents[0];
		if (const auto *declared = above.get<VarDecl>()) {
			if (lint_.files().of_user(declared->getLocation()) &&
			    !declared->getLocation().isMacroID())
				variable_ = declared;
			else // of KTRY(), or of a macro like it
				follow(above);
			return;
		}
		if (const auto *statement = above.get<Stmt>();
		    statement == nullptr || arrives(*statement, from))
			return;
		follow(above);
	}

	bool arrives(const Stmt &above, const DynTypedNode &from)
	{
		if (isa<ReturnStmt>(above)) {
			leaves_ = lint_.files().of_user(above.getBeginLoc()).has_value();
			return true;
		}
		const Expr *to = nullptr;
		if (const auto *assigned = dyn_cast<CXXOperatorCallExpr>(&above);
		    assigned != nullptr && assigned->isAssignmentOp())
			to = assigned->getArg(0);
		if (to != nullptr) {
			const auto *name = dyn_cast<DeclRefExpr>(to->IgnoreParenImpCasts());
			variable_ = name == nullptr ? nullptr : dyn_cast<VarDecl>(name->getDecl());
			leaves_ = variable_ == nullptr || !variable_->hasLocalStorage();
			return true;
		}
		if (const auto *call = dyn_cast<CallExpr>(&above);
		    call != nullptr && !is_std_move(*call) && !isa<CXXOperatorCallExpr>(call)) {
			const auto *member = dyn_cast<CXXMemberCallExpr>(call);
			const auto *expression = from.get<Expr>();
			leaves_ = member == nullptr || expression != member->getCallee();
			return true;
		}
		return false;
	}

	Lint &lint_;
	bool leaves_ = false;
	const VarDecl *variable_ = nullptr;
};

/** The uses of a variable in its function. */
class Uses : public RecursiveASTVisitor<Uses>
{
public:
	Uses(const VarDecl *object, SourceLocation from, const SourceManager &sources)
	    : object_(object), from_(from), sources_(sources)
	{
	}

	bool VisitCallExpr(CallExpr *call)
	{
		if (is_std_move(*call) && is_object(call->getArg(0)))
			moved = true;
		if (const auto *member = dyn_cast<CXXMemberCallExpr>(call);
		    member != nullptr && name_of(*member) == "clone")
			moved |= is_object(member->getImplicitObjectArgument());
		if (const auto *member = dyn_cast<CXXMemberCallExpr>(call);
		    member != nullptr && is_behind(*call) && member->getMethodDecl() != nullptr &&
		    member->getMethodDecl()->getIdentifier() != nullptr) {
			const auto name = member->getMethodDecl()->getName();
			flushed |= name == "flush";
			if (name == "wait" || name == "join")
				waited |= is_object(member->getImplicitObjectArgument());
		}
		return true;
	}

	bool VisitReturnStmt(ReturnStmt *end)
	{
		if (end->getRetValue() != nullptr && is_object(bare(end->getRetValue())))
			moved = true;
		return true;
	}

	bool moved = false;   // or has another owner
	bool flushed = false; // behind from_, some queue
	bool waited = false;  // behind from_, for the object

private:
	bool is_object(const Expr *expression) const
	{
		const auto *name = dyn_cast<DeclRefExpr>(bare(expression));
		return name != nullptr && name->getDecl() == object_;
	}

	bool is_behind(const CallExpr &call) const
	{
		return sources_.isBeforeInTranslationUnit(from_, call.getBeginLoc());
	}

	const VarDecl *object_;
	SourceLocation from_;
	const SourceManager &sources_;
};

const FunctionDecl *function_around(Lint &lint, const CallExpr &call)
{
	for (auto node = DynTypedNode::create(call);;) {
		const auto parents = lint.ast().getParents(node);
		if (parents.empty())
			return nullptr;
		node = parents[0];
		if (const auto *function = node.get<FunctionDecl>())
			return function;
	}
}

/** Returns the uses of @object, which may be null, in the function of @from. */
Uses uses_of(Lint &lint, const VarDecl *object, const CallExpr &from)
{
	Uses uses(object, from.getEndLoc(), lint.ast().getSourceManager());
	if (const auto *function = function_around(lint, from);
	    function != nullptr && function->hasBody())
		uses.TraverseStmt(function->getBody());
	return uses;
}

/** Returns whether the function waits for what @call runs before it returns. */
bool is_waited_for(Lint &lint, const CallExpr &call, const LambdaExpr *lambda)
{
	if (uses_of(lint, nullptr, call).flushed)
		return true;
	if (lambda != nullptr)
		for (const auto &capture : lambda->captures()) {
			const auto kept = kept_by(lint, capture, *lambda);
			for (const auto *local : kept.objects.locals())
				if (uses_of(lint, local, call).waited)
					return true;
		}
	return false;
}

/** Returns whether the object that @call returns outlives the function, or @local, if that is one.
 */
bool outlives(Lint &lint, const CallExpr &call, const VarDecl *local)
{
	const Destination destination(lint, call);
	if (destination.leaves())
		return true;
	const auto *keeper = destination.variable();
	if (keeper == nullptr)
		return false;
	if (!keeper->hasLocalStorage() || uses_of(lint, keeper, call).moved)
		return true;
	return local != nullptr && lint.ast().getSourceManager().isBeforeInTranslationUnit(
					   keeper->getLocation(), local->getLocation());
}

/** Returns whether @record declares that it stays where it was made: is_send = false. */
bool stays(const CXXRecordDecl &record, const ASTContext &ast)
{
	for (const auto *each : record.decls()) {
		const auto *variable = dyn_cast<VarDecl>(each);
		if (variable == nullptr || variable->getIdentifier() == nullptr ||
		    variable->getName() != "is_send")
			continue;
		if (!variable->hasInit()) // in an instance that is not used yet
			variable = variable->getTemplateInstantiationPattern();
		bool value = true;
		return variable != nullptr && variable->hasInit() &&
		       !variable->getInit()->isValueDependent() &&
		       variable->getInit()->EvaluateAsBooleanCondition(value, ast) && !value;
	}
	return false;
}

/** Returns whether an object of @type has one that stays where it was made, as a member or held. */
bool has_what_stays(QualType type, const ASTContext &ast, std::set<const CXXRecordDecl *> &seen)
{
	type = type.getCanonicalType();
	if (const auto *array = ast.getAsArrayType(type))
		return has_what_stays(array->getElementType(), ast, seen);
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition() || !seen.insert(record).second)
		return false;
	record = record->getDefinition();
	if (stays(*record, ast))
		return true;
	for (const auto *field : record->fields())
		if (has_what_stays(field->getType(), ast, seen))
			return true;
	for (const auto &base : record->bases())
		if (has_what_stays(base.getType(), ast, seen))
			return true;
	if (const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(record))
		for (const auto &argument : instance->getTemplateArgs().asArray())
			if (argument.getKind() == TemplateArgument::Type &&
			    has_what_stays(argument.getAsType(), ast, seen))
				return true;
	return false;
}

/** Returns whether the queue of @call, a local one, ends before @locals, and waits for its work. */
bool ends_before(Lint &lint, const CallExpr &call, ArrayRef<const VarDecl *> locals)
{
	const auto *object = object_of(call);
	const auto path = object == nullptr ? std::nullopt : object_path(*object);
	const auto *queue = path ? dyn_cast_or_null<VarDecl>(path->root) : nullptr;
	return queue != nullptr && queue->hasLocalStorage() && !isa<ParmVarDecl>(queue) &&
	       path->members.empty() && is_class(queue->getType(), {"Arc"}) &&
	       !uses_of(lint, queue, call).moved && llvm::all_of(locals, [&](const VarDecl *local) {
		       return local == queue ||
			      lint.ast().getSourceManager().isBeforeInTranslationUnit(
				      local->getLocation(), queue->getLocation());
	       });
}

/** Returns whether what @call keeps may end before its last use. */
bool may_end_before(Lint &lint, const CallExpr &call, Keeper keeper, const LambdaExpr *lambda,
		    const Kept &kept, bool safe)
{
	const auto &objects = kept.objects;
	bool has_foreign = objects.has_foreign();
	std::vector<const VarDecl *> locals;
	for (const auto *local : objects.locals())
		if (is_class(local->getType(), {"Box", "Arc"}) && uses_of(lint, local, call).moved)
			has_foreign = true; // what it owns goes elsewhere
		else
			locals.push_back(local);
	if (!locals.empty() && keeper == Keeper::queue)
		return safe ||
		       (!is_waited_for(lint, call, lambda) && !ends_before(lint, call, locals));
	if (!locals.empty())
		return llvm::any_of(
			locals, [&](const VarDecl *local) { return outlives(lint, call, local); });
	if (safe && has_foreign)
		return true;
	if (!objects.has_element_of_member() && (kept.is_raw || !has_foreign))
		return false;
	return keeper == Keeper::queue ? !is_waited_for(lint, call, lambda)
				       : outlives(lint, call, nullptr);
}

} // namespace

void lambda_kept(Lint &lint, const CallExpr &call)
{
	const auto keeper = keeper_of(lint, call);
	if (!keeper)
		return;
	for (const auto *argument : call.arguments()) {
		std::set<const CXXRecordDecl *> seen;
		if (has_what_stays(argument->getType(), lint.ast(), seen))
			lint.report(bound_to_its_place, argument->getBeginLoc(),
				    argument->getSourceRange());
		const auto *lambda = lambda_of(argument);
		if (lambda == nullptr && argument->getType()->isRecordType() &&
		    is_view(lint, argument->getType())) {
			Kept kept{.objects = ViewedObjects(lint), .is_raw = true};
			kept.objects.add_value(*argument);
			if (may_end_before(lint, call, *keeper, nullptr, kept,
					   lint.is_safe(argument->getBeginLoc())))
				lint.report(kept_reference, argument->getBeginLoc(),
					    argument->getSourceRange());
		}
		if (lambda == nullptr)
			continue;
		const bool safe = lint.is_safe(lambda->getBeginLoc());
		for (const auto &capture : lambda->captures())
			if ((safe && capture.capturesThis() && *keeper == Keeper::queue) ||
			    may_end_before(lint, call, *keeper, lambda,
					   kept_by(lint, capture, *lambda), safe))
				lint.report(kept_reference, capture.getLocation(),
					    lambda->getSourceRange());
	}
}

} // namespace kcxx::lint
