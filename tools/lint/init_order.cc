// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Members are made in the order in which the class declares them: an initialiser that uses a later
// one finds what was in the memory before.
#include "lint/own_members.hpp"
#include "lint/rules.hpp"
#include "lint/started_callbacks.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule used_before_it_is = {
	.id = "kcxx-init-order",
	.what = "an initialiser uses a member that does not exist yet: members are made in the "
		"order in which the class declares them",
	.needed = "the members that an initialiser uses, declared before its own",
	.rewrite = "move the line of the member that is used up; or do it in the body of the "
		   "constructor, or in start()",
};

/** Returns whether @method needs no elements of its object: size() of a std::array. */
bool needs_no_value(const CXXMethodDecl &method)
{
	return method.isStatic() || (method.getParent()->isInStdNamespace() &&
				     method.getParent()->getIdentifier() != nullptr &&
				     method.getParent()->getName() == "array" &&
				     !method.getReturnType()->isReferenceType());
}

/** Finds the uses of members from @first on in an initialiser, and in what it calls. */
class EarlyUses : public RecursiveASTVisitor<EarlyUses>
{
public:
	EarlyUses(const CXXRecordDecl &record, unsigned first,
		  const std::vector<StartedCallback> &callbacks)
	    : record_(record), first_(first), callbacks_(callbacks)
	{
	}

	bool VisitImplicitCastExpr(ImplicitCastExpr *cast)
	{
		if (cast->getCastKind() == CK_LValueToRValue)
			note(*cast->getSubExpr());
		return true;
	}

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *written = dyn_cast<CXXOperatorCallExpr>(call);
		if (written != nullptr && isa_and_nonnull<CXXMethodDecl>(call->getDirectCallee()))
			note(*call->getArg(0));
		for (const auto &each : callbacks_)
			if (each.call == call)
				note_callback(each);
		return true;
	}

	bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call)
	{
		const auto *method = call->getMethodDecl();
		const auto *object = call->getImplicitObjectArgument()->IgnoreParenImpCasts();
		if (method == nullptr)
			return true;
		if (isa<CXXThisExpr>(object))
			follow(*method);
		else if (!needs_no_value(*method))
			note(*object);
		return true;
	}

	bool VisitBinaryOperator(BinaryOperator *binary)
	{
		if (binary->getOpcode() == BO_Assign)
			if (const auto *field = field_of(*binary->getLHS()))
				set_.insert(field);
		return true;
	}

	bool TraverseLambdaExpr(LambdaExpr * /*runs later*/) { return true; }
	bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr * /*reads nothing*/)
	{
		return true;
	}
	bool TraverseCXXNoexceptExpr(CXXNoexceptExpr * /*reads nothing*/) { return true; }
	bool TraverseDecltypeTypeLoc(DecltypeTypeLoc /*reads nothing*/) { return true; }

	const FieldDecl *found = nullptr;

private:
	/** Returns the member from first_ on that @expression is, or is a part of; else nullptr. */
	[[nodiscard]] const FieldDecl *field_of(const Expr &expression) const
	{
		const auto *bare = expression.IgnoreParenImpCasts();
		if (const auto *part = dyn_cast<ArraySubscriptExpr>(bare))
			return field_of(*part->getBase());
		const auto *member = dyn_cast<MemberExpr>(bare);
		const auto *field =
			member == nullptr ? nullptr : dyn_cast<FieldDecl>(member->getMemberDecl());
		if (field == nullptr)
			return nullptr;
		if (!isa<CXXThisExpr>(member->getBase()->IgnoreParenImpCasts()))
			return member->isArrow() ? nullptr : field_of(*member->getBase());
		return is_later(*field) ? field : nullptr;
	}

	[[nodiscard]] bool is_later(const FieldDecl &field) const
	{
		return field.getParent()->getCanonicalDecl() == record_.getCanonicalDecl() &&
		       field.getFieldIndex() >= first_;
	}

	void note(const Expr &used)
	{
		const auto *field = field_of(used);
		if (found == nullptr && field != nullptr && !set_.contains(field))
			found = field;
	}

	void note_callback(const StartedCallback &callback)
	{
		OwnMembers used(record_);
		for (const auto *function : callback.functions)
			used.follow(*function);
		if (callback.body != nullptr)
			used.TraverseStmt(const_cast<Stmt *>(callback.body));
		for (const auto *field : used.fields)
			if (found == nullptr && is_later(*field))
				found = field;
	}

	void follow(const CXXMethodDecl &called)
	{
		const auto *defined = run_in(record_, called);
		if (defined != nullptr && seen_.insert(defined).second)
			TraverseStmt(defined->getBody());
	}

	const CXXRecordDecl &record_;
	unsigned first_;
	const std::vector<StartedCallback> &callbacks_;
	std::set<const FieldDecl *> set_;
	std::set<const FunctionDecl *> seen_;
};

/** Reports the members from @first on that @initialiser uses. */
void look_at(Lint &lint, const CXXRecordDecl &record, unsigned first, Expr &initialiser,
	     const std::vector<StartedCallback> &callbacks)
{
	EarlyUses uses(record, first, callbacks);
	uses.TraverseStmt(&initialiser);
	if (uses.found != nullptr)
		lint.report(used_before_it_is, initialiser.getExprLoc(),
			    initialiser.getSourceRange(),
			    ", which uses " + uses.found->getNameAsString());
}

/** Looks at what the constructors give to the bases, which are made before all members. */
void look_at_bases(Lint &lint, const CXXRecordDecl &record,
		   const std::vector<StartedCallback> &callbacks)
{
	for (const auto *declared : record.ctors()) {
		const FunctionDecl *body = nullptr;
		if (!declared->isDefined(body))
			continue;
		for (const auto *made : cast<CXXConstructorDecl>(body)->inits())
			if (made->isBaseInitializer() && made->isWritten())
				look_at(lint, record, 0, *made->getInit(), callbacks);
	}
}

} // namespace

void init_order(Lint &lint, const CXXRecordDecl &record,
		const std::vector<StartedCallback> &started)
{
	if (record.isUnion())
		return;
	look_at_bases(lint, record, started);
	for (const auto *field : record.fields())
		for (auto *given : initialisers_of(*field))
			look_at(lint, record, field->getFieldIndex() + 1, *given, started);
}

} // namespace kcxx::lint
