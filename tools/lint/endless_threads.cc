// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Threads that never ask whether they are to stop.
#include "lint/call_names.hpp"
#include "lint/callers.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule endless = {
	.id = "kcxx-endless-thread",
	.what = "a thread that runs for ever, so that the end of its kernel::KThread waits for "
		"ever",
	.needed = "a loop that ends when the thread is to stop",
	.rewrite = "while (!kernel::KThread::should_stop()) { ... }",
};

/** Returns whether the condition of @loop is always true. */
bool has_no_end(const Stmt &loop, ASTContext &ast)
{
	const Expr *condition = nullptr;
	if (const auto *counted = dyn_cast<ForStmt>(&loop)) {
		if (counted->getCond() == nullptr)
			return true;
		condition = counted->getCond();
	} else if (const auto *plain = dyn_cast<WhileStmt>(&loop)) {
		condition = plain->getCond();
	} else if (const auto *late = dyn_cast<DoStmt>(&loop)) {
		condition = late->getCond();
	}
	bool value = false;
	return condition != nullptr && !condition->isValueDependent() &&
	       condition->EvaluateAsBooleanCondition(value, ast) && value;
}

/** Looks for a way out of one loop. */
class Exit : public RecursiveASTVisitor<Exit>
{
public:
	bool VisitReturnStmt(ReturnStmt * /*also that of KTRY()*/) { return leave(); }
	bool VisitGotoStmt(GotoStmt * /*wherever to*/) { return leave(); }
	bool VisitBreakStmt(BreakStmt * /*perhaps of an inner loop*/) { return leave(); }

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *function = call->getDirectCallee();
		found = found || function == nullptr || function->isNoReturn();
		return !found;
	}

	bool TraverseLambdaExpr(LambdaExpr * /*has ways out of its own*/) { return true; }

	bool found = false;

private:
	bool leave()
	{
		found = true;
		return false;
	}
};

/** Finds the loops of a thread that nothing leaves. */
class Loops : public RecursiveASTVisitor<Loops>
{
public:
	explicit Loops(Lint &lint) : lint_(lint) {}

	bool VisitStmt(Stmt *node)
	{
		if (!isa<ForStmt, WhileStmt, DoStmt>(node) || !has_no_end(*node, lint_.ast()))
			return true;
		Exit exit;
		for (auto *child : node->children())
			if (child != nullptr && !exit.found)
				exit.TraverseStmt(child);
		if (!exit.found)
			lint_.report(endless, node->getBeginLoc(), node->getBeginLoc());
		return true;
	}

private:
	Lint &lint_;
};

} // namespace

void endless_thread(Lint &lint, const CallExpr &call)
{
	const auto *function = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	if (function == nullptr || function->getIdentifier() == nullptr ||
	    function->getName() != "run" || function->getParent()->getIdentifier() == nullptr ||
	    function->getParent()->getName() != "KThread" ||
	    lint.files().origin(function->getLocation()) != Origin::library)
		return;
	for (const auto *argument : call.arguments())
		if (const auto *lambda = given_lambda(*argument))
			Loops(lint).TraverseStmt(lambda->getBody());
}

} // namespace kcxx::lint
