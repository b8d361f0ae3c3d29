// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members that are mutable, and in no lock, of an object that several owners share.
#include "lint/guards.hpp"
#include "lint/member_uses.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/ExprCXX.h>
#include <clang/AST/ParentMapContext.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule changed_by_an_owner = {
	.id = "kcxx-shared-change",
	.what = "a mutable member of an object that several tasks share is changed, and no lock is "
		"held",
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

/** Returns whether @expression is a mutable member of a shared object, or a part of one. */
bool is_mutable_of_shared(Lint &lint, const Expr *expression)
{
	bool is_mutable = false;
	while (expression != nullptr) {
		expression = expression->IgnoreParenImpCasts();
		const auto *member = dyn_cast<MemberExpr>(expression);
		if (member == nullptr) {
			expression = whole_of(*expression);
			continue;
		}
		const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());
		if (field == nullptr)
			return false;
		is_mutable |= field->isMutable() && is_unordered(lint, *field);
		if (is_mutable && is_shared(*member->getBase()))
			return true;
		expression = member->getBase();
	}
	return false;
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

} // namespace

void shared_change(Lint &lint, const Expr &change)
{
	if (!lint.files().of_user(change.getExprLoc()))
		return;
	const auto *object = changed_by(lint, change);
	if (object != nullptr && is_mutable_of_shared(lint, object) && !is_guarded(lint, change))
		lint.report(changed_by_an_owner, change);
}

} // namespace kcxx::lint
