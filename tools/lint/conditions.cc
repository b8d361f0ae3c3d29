// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/conditions.hpp"

#include "lint/call_names.hpp"
#include "lint/value_names.hpp"

#include <algorithm>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns the variable or the member that @expression names; null if it names none. */
const ValueDecl *named(const Expr &expression)
{
	if (const auto *name = dyn_cast<DeclRefExpr>(&expression))
		return dyn_cast<VarDecl>(name->getDecl());
	if (const auto *member = dyn_cast<MemberExpr>(&expression))
		return dyn_cast<FieldDecl>(member->getMemberDecl());
	return nullptr;
}

const Expr *condition_of(const Stmt &node)
{
	if (const auto *choice = dyn_cast<IfStmt>(&node))
		return choice->getCond();
	if (const auto *loop = dyn_cast<WhileStmt>(&node))
		return loop->getCond();
	if (const auto *loop = dyn_cast<DoStmt>(&node))
		return loop->getCond();
	if (const auto *loop = dyn_cast<ForStmt>(&node))
		return loop->getCond();
	if (const auto *choice = dyn_cast<SwitchStmt>(&node))
		return choice->getCond();
	if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&node))
		return choice->getCond();
	return nullptr;
}

/** Calls @apply for what @node itself may change. */
template <typename Apply>
void each_changed(const Stmt &node, Apply apply)
{
	if (const auto *binary = dyn_cast<BinaryOperator>(&node);
	    binary != nullptr && binary->isAssignmentOp()) {
		apply(*binary->getLHS());
	} else if (const auto *unary = dyn_cast<UnaryOperator>(&node);
		   unary != nullptr &&
		   (unary->isIncrementDecrementOp() || unary->getOpcode() == UO_AddrOf)) {
		apply(*unary->getSubExpr());
	} else if (const auto *call = dyn_cast<CallExpr>(&node)) {
		const auto *function = call->getDirectCallee();
		const auto *method = dyn_cast_or_null<CXXMethodDecl>(function);
		const auto *object = object_of(*call);
		if (object != nullptr && method != nullptr && !method->isConst())
			apply(*object);
		for (unsigned i = 0; function != nullptr && i < function->getNumParams(); i++) {
			const auto type = function->getParamDecl(i)->getType();
			const auto *argument = argument_of(*call, *function, i);
			if (argument != nullptr && type->isReferenceType() && gives_access(type))
				apply(*argument);
		}
	}
}

} // namespace

void Conditions::note(const Stmt &node)
{
	if (const auto *condition = condition_of(node))
		note_names(*condition);
	// KTRY(done) tests done.
	if (const auto *block = dyn_cast<StmtExpr>(&node))
		for (const auto *part : block->getSubStmt()->body())
			if (const auto *declared = dyn_cast<DeclStmt>(part))
				for (const auto *each : declared->decls())
					if (const auto *made = dyn_cast<VarDecl>(each);
					    made != nullptr && made->hasInit() &&
					    named(*value_behind(made->getInit())) != nullptr)
						note_names(*made->getInit());
	for (const auto *child : node.children())
		if (child != nullptr)
			note(*child);
}

void Conditions::note_names(const Stmt &condition)
{
	if (const auto *expression = dyn_cast<Expr>(&condition))
		if (const auto *variable = named(*expression)) {
			tests_[variable]++;
			return; // what it is a member of is another matter
		}
	for (const auto *child : condition.children())
		if (child != nullptr)
			note_names(*child);
}

unsigned Conditions::tests_of(const Expr &expression) const
{
	const auto *variable = named(expression);
	const auto found = variable == nullptr ? tests_.end() : tests_.find(variable);
	return found == tests_.end() ? 0 : found->second;
}

bool Conditions::is_told(const Stmt *branch) const
{
	if (branch == nullptr)
		return false;
	bool told = isa<GotoStmt, GCCAsmStmt>(branch);
	each_changed(*branch, [&](const Expr &changed) {
		const auto *target = value_behind(&changed);
		told |= tests_of(*target) > 0;
		if (const auto *member = dyn_cast<MemberExpr>(target))
			told |= tests_of(*value_behind(member->getBase())) > 0;
	});
	for (const auto *child : branch->children())
		told |= is_told(child);
	return told;
}

bool Conditions::may_agree(const Stmt &condition) const
{
	if (isa<CallExpr, StmtExpr>(&condition) && !isa<CXXOperatorCallExpr>(&condition))
		return true;
	if (const auto *expression = dyn_cast<Expr>(&condition))
		if (named(*expression) != nullptr)
			return tests_of(*expression) > 1;
	for (const auto *child : condition.children())
		if (child != nullptr && may_agree(*child))
			return true;
	return false;
}

bool leaves(const Stmt *statement)
{
	if (statement == nullptr)
		return false;
	if (isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt, IndirectGotoStmt>(statement))
		return true;
	if (const auto *block = dyn_cast<CompoundStmt>(statement))
		return std::ranges::any_of(block->body(), leaves);
	if (const auto *attributed = dyn_cast<AttributedStmt>(statement))
		return leaves(attributed->getSubStmt());
	if (const auto *label = dyn_cast<LabelStmt>(statement))
		return leaves(label->getSubStmt());
	if (const auto *macro = dyn_cast<DoStmt>(statement)) // BUG()
		return leaves(macro->getBody());
	if (const auto *choice = dyn_cast<IfStmt>(statement))
		return choice->getElse() != nullptr && leaves(choice->getThen()) &&
		       leaves(choice->getElse());
	const auto *expression = dyn_cast<Expr>(statement);
	if (expression == nullptr)
		return false;
	expression = expression->IgnoreParenCasts();
	if (const auto *block = dyn_cast<StmtExpr>(expression))
		return leaves(block->getSubStmt());
	const auto *call = dyn_cast<CallExpr>(expression->IgnoreUnlessSpelledInSource());
	const auto *function = call == nullptr ? nullptr : call->getDirectCallee();
	return function != nullptr && function->isNoReturn();
}

bool changes(const Stmt &node, const ValueDecl &variable)
{
	const Expr *target = nullptr;
	if (const auto *unary = dyn_cast<UnaryOperator>(&node);
	    unary != nullptr && unary->isIncrementDecrementOp())
		target = unary->getSubExpr();
	else if (const auto *binary = dyn_cast<BinaryOperator>(&node);
		 binary != nullptr && binary->isAssignmentOp())
		target = binary->getLHS();
	if (target != nullptr)
		if (const auto *name = dyn_cast<DeclRefExpr>(target->IgnoreParenImpCasts());
		    name != nullptr && name->getDecl() == &variable)
			return true;
	for (const auto *child : node.children())
		if (child != nullptr && changes(*child, variable))
			return true;
	return false;
}

} // namespace kcxx::lint
