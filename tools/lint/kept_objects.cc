// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Objects that a driver gives to a subsystem, which calls them until the device is unbound.
#include "lint/call_names.hpp"
#include "lint/container_change.hpp"
#include "lint/object_path.hpp"
#include "lint/rules.hpp"
#include "lint/viewed_objects.hpp"

#include <clang/AST/ParentMapContext.h>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule ends_too_early = {
	.id = "kcxx-kept-object",
	.what = "a subsystem calls an object until the device is unbound, and the object ends or "
		"moves before",
	.needed = "an object that stays where it is as long as the driver's object: that one, or a "
		  "member of it",
	.rewrite = "*this; a member; or an element of a container that is complete before its "
		   "first element is given, and does not change any more",
};

/** Returns whether @type refers to a device that a driver is bound to. */
bool is_bound_device(QualType type)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	return type->isReferenceType() && record != nullptr && record->getIdentifier() != nullptr &&
	       (record->getName() == "BoundDevice" || record->getName() == "BoundClient");
}

/** Returns whether @call gives objects to a subsystem, for as long as a device is bound. */
bool gives_for_long(Lint &lint, const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || function->getIdentifier() == nullptr ||
	    lint.files().origin(function->getLocation()) != Origin::library)
		return false;
	const auto *method = dyn_cast<CXXMethodDecl>(function);
	const bool is_gate = function->getName() == "make" && method != nullptr &&
			     method->getParent()->getIdentifier() != nullptr &&
			     method->getParent()->getName() == "Revocable";
	return (function->getName() == "add" || is_gate) && function->getNumParams() > 1 &&
	       is_bound_device(function->getParamDecl(0)->getType());
}

/** Looks for a change of one container, behind a place in a function. */
class LaterChange : public RecursiveASTVisitor<LaterChange>
{
public:
	LaterChange(Lint &lint, const ObjectPath &container, SourceLocation from)
	    : lint_(lint), container_(container), from_(from)
	{
	}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *object = disturbed_by(lint_, *call, Disturbed::elements);
		const auto path = object == nullptr ? std::nullopt : object_path(*object);
		const bool is_behind = from_.isInvalid() ||
				       lint_.ast().getSourceManager().isBeforeInTranslationUnit(
					       from_, call->getBeginLoc());
		found = found || (path == container_ && is_behind);
		if (const auto *moved = is_std_move(*call) ? call->getArg(0) : nullptr)
			is_moved = is_moved || object_path(*moved) == container_;
		return true;
	}

	bool found = false;
	bool is_moved = false; // somewhere: what it owns lives on

private:
	Lint &lint_;
	const ObjectPath &container_;
	SourceLocation from_;
};

/** The function around a node, and the outermost loop of it that has the node */
struct Around {
	const FunctionDecl *function = nullptr;
	const Stmt *loop = nullptr;
};

Around around(Lint &lint, const CallExpr &call)
{
	Around found;
	for (auto node = DynTypedNode::create(call); found.function == nullptr;) {
		const auto parents = lint.ast().getParents(node);
		if (parents.empty())
			break;
		node = parents[0];
		found.function = node.get<FunctionDecl>();
		if (const auto *statement = node.get<Stmt>();
		    statement != nullptr &&
		    isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(statement))
			found.loop = statement;
	}
	return found;
}

/** Returns the container or owner whose element @object is. */
std::optional<ObjectPath> container_of(Lint &lint, const Expr &object)
{
	const auto *bare = object.IgnoreParenImpCasts();
	const auto *call = dyn_cast<CallExpr>(bare);
	const auto *owner = call == nullptr ? nullptr : object_of(*call);
	const auto *record = owner == nullptr ? nullptr : owner->getType()->getAsCXXRecordDecl();
	return record != nullptr && is_container(lint, *record) ? object_path(*owner)
								: std::nullopt;
}

/** Returns whether @function calls @called, a function of its own object. */
bool calls_own(const FunctionDecl &function, const CXXMethodDecl &called)
{
	class Calls : public RecursiveASTVisitor<Calls>
	{
	public:
		explicit Calls(const CXXMethodDecl &called) : called_(called) {}
		bool VisitCallExpr(CallExpr *call)
		{
			const auto *callee = call->getDirectCallee();
			found = found || (callee != nullptr &&
					  callee->getCanonicalDecl() == called_.getCanonicalDecl());
			return !found;
		}
		bool found = false;

	private:
		const CXXMethodDecl &called_;
	};
	Calls calls(called);
	calls.TraverseStmt(function.getBody());
	return calls.found;
}

/** Returns whether another function of the class changes @container, a member, later on. */
bool others_change(Lint &lint, const FunctionDecl &function, const ObjectPath &container)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (method == nullptr || container.root != nullptr)
		return false;
	return llvm::any_of(method->getParent()->methods(), [&](const CXXMethodDecl *each) {
		const FunctionDecl *body = nullptr;
		if (isa<CXXConstructorDecl, CXXDestructorDecl>(each) || !each->hasBody(body) ||
		    body == &function || calls_own(function, *each))
			return false;
		LaterChange change(lint, container, {});
		change.TraverseStmt(body->getBody());
		return change.found;
	});
}

/** Returns whether the element of @container that @call gives ends or moves while it is called. */
bool moves_later(Lint &lint, const CallExpr &call, const ObjectPath &container)
{
	const auto [function, loop] = around(lint, call);
	if (function == nullptr || !function->hasBody())
		return false;
	const auto *root = dyn_cast_or_null<VarDecl>(container.root);
	LaterChange later(lint, container, call.getBeginLoc());
	later.TraverseStmt(function->getBody());
	if (root != nullptr && root->hasLocalStorage() && !isa<ParmVarDecl>(root) &&
	    !root->getType()->isReferenceType())
		return !later.is_moved;
	if (loop != nullptr) {
		LaterChange again(lint, container, {});
		again.TraverseStmt(const_cast<Stmt *>(loop));
		later.found |= again.found;
	}
	return later.found || others_change(lint, *function, container);
}

/** Returns whether @object, given by @call, is one that ends or moves while it is called. */
bool ends_early(Lint &lint, const CallExpr &call, const Expr &object)
{
	if (const auto container = container_of(lint, object))
		return moves_later(lint, call, *container);
	ViewedObjects viewed(lint);
	viewed.add_object(object);
	return !viewed.locals().empty();
}

} // namespace

void kept_object(Lint &lint, const CallExpr &call)
{
	if (!gives_for_long(lint, call))
		return;
	const auto &function = *call.getDirectCallee();
	for (unsigned i = 1; i < function.getNumParams(); ++i) {
		const auto type = function.getParamDecl(i)->getType();
		const auto *argument = argument_of(call, function, i);
		const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
		if (argument != nullptr && type->isLValueReferenceType() && argument->isLValue() &&
		    record != nullptr &&
		    lint.files().origin(record->getLocation()) == Origin::user &&
		    ends_early(lint, call, *argument))
			lint.report(ends_too_early, *argument);
	}
}

} // namespace kcxx::lint
