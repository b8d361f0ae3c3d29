// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Errors that nothing looks at, although the compiler sees a use.
#include "lint/call_names.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/RecursiveASTVisitor.h>
#include <map>
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

/** The variables that a statement names */
class Names : public RecursiveASTVisitor<Names>
{
public:
	bool VisitDeclRefExpr(DeclRefExpr *name)
	{
		found.insert(name->getDecl());
		return true;
	}

	std::set<const ValueDecl *> found;
};

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

	bool VisitBindingDecl(BindingDecl *name)
	{
		if (is_result(name->getType()) && name->getDecomposedDecl() != nullptr &&
		    !name->getDecomposedDecl()->hasAttr<UnusedAttr>())
			made_.insert(name);
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
		std::map<const ValueDecl *, const Expr *> unread;
		for (const auto *each : block->body()) {
			dropped(each);
			overwritten(*each, unread);
		}
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

	/** Reports the values in @unread that @statement of a block overwrites, and notes its own.
	 */
	void overwritten(const Stmt &statement, std::map<const ValueDecl *, const Expr *> &unread)
	{
		const auto [variable, value] = set_by(statement);
		Names names;
		names.TraverseStmt(const_cast<Stmt *>(value != nullptr ? value : &statement));
		for (const auto *name : names.found)
			unread.erase(name);
		if (variable == nullptr)
			return;
		if (const auto before = unread.find(variable); before != unread.end())
			lint_.report(ignored, *before->second);
		unread.erase(variable);
		if (isa<CallExpr>(value->IgnoreUnlessSpelledInSource()))
			unread[variable] = value;
	}

	/** Returns the local variable of type Result that @statement sets, and the value. */
	static std::pair<const ValueDecl *, const Expr *> set_by(const Stmt &statement)
	{
		const ValueDecl *variable = nullptr;
		const Expr *value = nullptr;
		if (const auto *made = dyn_cast<DeclStmt>(&statement);
		    made != nullptr && made->isSingleDecl()) {
			const auto *declared = dyn_cast<VarDecl>(made->getSingleDecl());
			variable = declared;
			value = declared == nullptr ? nullptr : declared->getInit();
		} else if (const auto *expression = dyn_cast<Expr>(&statement)) {
			const auto assigned =
				assignment_in(*expression->IgnoreUnlessSpelledInSource());
			if (assigned.object == nullptr)
				return {};
			variable = named_variable(*assigned.object);
			value = assigned.value;
		}
		const auto *local = dyn_cast_or_null<VarDecl>(variable);
		if (local == nullptr || value == nullptr || !local->hasLocalStorage() ||
		    !is_result(local->getType()))
			return {};
		return {variable, value};
	}

	Lint &lint_;
	std::set<const ValueDecl *> made_;
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
