// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members that are mutable or references, and in no lock, of an object that several owners share.
#include "lint/container_change.hpp"
#include "lint/guards.hpp"
#include "lint/member_uses.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <clang/AST/ExprCXX.h>
#include <clang/AST/ParentMapContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule changed_by_an_owner = {
	.id = "kcxx-shared-change",
	.what = "a mutable member of an object that several tasks share is changed, or what a "
		"reference in it leads to, and no lock is held",
	.needed = "a lock around the data, or an atomic",
	.rewrite = "mutable kernel::Mutex<T> with the members that belong together as T; or "
		   "kernel::Atomic<T> for one number",
};

/** Returns whether @object is what an Arc or an access of a Revocable leads to. */
bool is_shared(const Expr &object)
{
	const auto *call = dyn_cast<CXXOperatorCallExpr>(object.IgnoreParenImpCasts());
	return call != nullptr && call->getNumArgs() == 1 &&
	       is_class(call->getArg(0)->IgnoreParenImpCasts()->getType(), {"Arc", "Access"});
}

/** Returns whether a const function can change what @field is, or refers to, and nothing orders it.
 */
bool is_free(Lint &lint, const FieldDecl &field)
{
	const auto type = field.getType();
	if (!type->isLValueReferenceType())
		return field.isMutable() && is_unordered(lint, field);
	const auto *record = type->getPointeeType()->getAsCXXRecordDecl();
	return !type->getPointeeType().isConstQualified() &&
	       ((record != nullptr && is_container(lint, *record)) ||
		is_plain(lint, type->getPointeeType()));
}

/** The way from an object to one of its members, or to a part of one */
struct Way {
	const Expr *object = nullptr; // nullptr: it begins at none
	bool is_free = false;         // by a member that a const function can change
};

Way way_to(Lint &lint, const Expr *expression)
{
	Way way;
	while (expression != nullptr) {
		expression = expression->IgnoreParenImpCasts();
		if (isa<CXXThisExpr>(expression) || is_shared(*expression)) {
			way.object = expression;
			return way;
		}
		const auto *member = dyn_cast<MemberExpr>(expression);
		if (member == nullptr) {
			expression = whole_of(*expression);
			continue;
		}
		const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());
		if (field == nullptr)
			return {};
		way.is_free |= is_free(lint, *field);
		expression = member->getBase();
	}
	return {};
}

/** Returns whether a variable above @node, in a block around it, is the guard of a lock. */
bool is_guarded(Lint &lint, const Stmt &node)
{
	const Stmt *below = &node;
	for (auto at = DynTypedNode::create(node);;) {
		const auto parents = lint.ast().getParents(at);
		if (parents.empty() || parents[0].get<FunctionDecl>() != nullptr)
			return false;
		at = parents[0];
		const auto *above = at.get<Stmt>();
		if (above == nullptr)
			continue;
		for (const auto *child : above->children()) {
			if (child == below)
				break;
			const auto *declared = dyn_cast_or_null<DeclStmt>(child);
			if (declared != nullptr &&
			    llvm::any_of(declared->decls(), [&](const Decl *each) {
				    const auto *variable = dyn_cast<VarDecl>(each);
				    return variable != nullptr &&
					   lock_guard_kind(lint, variable->getType()) !=
						   GuardKind::none;
			    }))
				return true;
		}
		below = above;
	}
}

/** Looks for a change, under no lock, that a const function makes of its own object. */
class OwnChange : public RecursiveASTVisitor<OwnChange>
{
public:
	explicit OwnChange(Lint &lint) : lint_(lint) {}

	bool look_into(const CXXMethodDecl &method)
	{
		const auto *defined = defined_by_user(lint_, &method);
		if (defined != nullptr && method.isConst() && seen_.insert(defined).second)
			TraverseStmt(defined->getBody());
		return found_;
	}

	bool VisitExpr(Expr *node)
	{
		if (const auto *object = changed_by(lint_, *node)) {
			const auto way = way_to(lint_, object);
			found_ = found_ || (way.object != nullptr && isa<CXXThisExpr>(way.object) &&
					    way.is_free && !is_guarded(lint_, *node));
		}
		if (const auto *call = dyn_cast<CXXMemberCallExpr>(node);
		    call != nullptr && call->getMethodDecl() != nullptr && !found_) {
			const auto way = way_to(lint_, call->getImplicitObjectArgument());
			if (way.object != nullptr && isa<CXXThisExpr>(way.object) &&
			    !is_guarded(lint_, *node))
				look_into(*call->getMethodDecl());
		}
		return !found_;
	}

private:
	Lint &lint_;
	std::set<const FunctionDecl *> seen_;
	bool found_ = false;
};

/** Returns whether @node changes an object that several own, or calls a function that does. */
bool changes_shared(Lint &lint, const Expr &node)
{
	if (const auto *object = changed_by(lint, node)) {
		const auto way = way_to(lint, object);
		return way.object != nullptr && way.is_free && is_shared(*way.object);
	}
	const auto *call = dyn_cast<CXXMemberCallExpr>(&node);
	const auto *method = call == nullptr ? nullptr : call->getMethodDecl();
	if (method == nullptr || !method->isConst())
		return false;
	const auto way = way_to(lint, call->getImplicitObjectArgument());
	return way.object != nullptr && is_shared(*way.object) &&
	       OwnChange(lint).look_into(*method);
}

} // namespace

void shared_change(Lint &lint, const Expr &change)
{
	if (lint.files().of_user(change.getExprLoc()) && changes_shared(lint, change) &&
	    !is_guarded(lint, change))
		lint.report(changed_by_an_owner, change);
}

} // namespace kcxx::lint
