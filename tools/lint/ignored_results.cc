// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Errors that nothing looks at, although the compiler sees a use.
#include "lint/call_names.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/RecursiveASTVisitor.h>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule ignored = {
	.id = "kcxx-ignored-result",
	.what = "nothing looks at whether this failed",
	.needed = "the error returned or handled, or dropped by name",
	.rewrite =
		"KTRY(...); if (!done) return done.error(); (void)done; for a loop that may fail, "
		"for (...) KTRY(...) in place of std::for_each()",
};

bool is_result(QualType type)
{
	return !type->isReferenceType() && is_class(type, {"Result"});
}

/** Finds the results of one function, and their uses. */
class LookedAt : public RecursiveASTVisitor<LookedAt>
{
public:
	explicit LookedAt(Lint &lint) : lint_(lint) {}

	bool VisitVarDecl(VarDecl *variable)
	{
		if (variable->isLocalVarDecl() && !variable->isImplicit() &&
		    !isa<DecompositionDecl>(variable) && is_result(variable->getType()) &&
		    !variable->hasAttr<UnusedAttr>())
			made_.insert(variable);
		return true;
	}

	bool VisitDeclRefExpr(DeclRefExpr *name)
	{
		if (!set_.contains(name))
			used_.insert(name->getDecl());
		return true;
	}

	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *call)
	{
		if (call->getOperator() == OO_Equal)
			set_.insert(call->getArg(0)->IgnoreParenImpCasts());
		return true;
	}

	bool VisitCompoundStmt(CompoundStmt *block)
	{
		for (const auto *each : block->body())
			dropped(each);
		return true;
	}

	bool VisitIfStmt(IfStmt *choice)
	{
		dropped(choice->getThen());
		dropped(choice->getElse());
		return true;
	}

	bool VisitForStmt(ForStmt *loop)
	{
		dropped(loop->getBody());
		return true;
	}

	bool VisitCXXForRangeStmt(CXXForRangeStmt *loop)
	{
		dropped(loop->getBody());
		return true;
	}

	bool VisitStmtExpr(StmtExpr *block)
	{
		values_.insert(block->getSubStmt()->getStmtExprResult());
		return true;
	}

	void report_unread()
	{
		for (const auto *variable : made_)
			if (!used_.contains(variable))
				lint_.report(ignored, variable->getLocation(),
					     variable->getSourceRange());
	}

private:
	// The compiler warns of calls, and not of a choice between two.
	void dropped(const Stmt *statement)
	{
		const auto *value = dyn_cast_or_null<Expr>(statement);
		if (value == nullptr || values_.contains(value))
			return;
		const auto *bare = value->IgnoreUnlessSpelledInSource();
		if (isa<AbstractConditionalOperator>(bare) && is_result(bare->getType()))
			lint_.report(ignored, *bare);
	}

	Lint &lint_;
	std::set<const VarDecl *> made_;
	std::set<const ValueDecl *> used_;
	std::set<const Expr *> set_;
	std::set<const Stmt *> values_;
};

} // namespace

void ignored_results(Lint &lint, const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || function.isDependentContext())
		return;
	LookedAt results(lint);
	results.TraverseStmt(function.getBody());
	results.report_unread();
}

void ignored_result(Lint &lint, const CallExpr &call)
{
	if (algorithm_name(call) != "for_each")
		return;
	for (const auto *argument : call.arguments()) {
		const auto *lambda = dyn_cast<LambdaExpr>(argument->IgnoreUnlessSpelledInSource());
		if (lambda != nullptr && !lambda->isGenericLambda() &&
		    is_result(lambda->getCallOperator()->getReturnType()))
			lint.report(ignored, call);
	}
}

} // namespace kcxx::lint
