// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Numbers from user space as sizes, indexes, shifts and bounds of loops, within one function: each
// way through it is followed, with what the conditions on it tell.
#include "lint/loop.hpp"
#include "lint/rules.hpp"
#include "lint/user_uses.hpp"

#include <clang/Lex/Lexer.h>
#include <functional>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Follows the values of one function, in the order in which they are written. */
class Follower
{
public:
	Follower(Lint &lint, const Stmt *body)
	    : lint_(lint), conditions_(body), numbers_(lint, conditions_), uses_(lint, numbers_)
	{
	}

	UserNumbers &numbers() { return numbers_; }

	void statement(const Stmt *node)
	{
		if (node == nullptr)
			return;
		if (const auto *declared = dyn_cast<DeclStmt>(node))
			declaration(*declared);
		else if (const auto *choice = dyn_cast<IfStmt>(node))
			branch(*choice);
		else if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(node))
			repeated(*node);
		else if (const auto *cases = dyn_cast<SwitchStmt>(node))
			selected(*cases);
		else if (const auto *expression = dyn_cast<Expr>(node))
			value(*expression);
		else if (isa<BreakStmt>(node) && !breaks_.empty())
			breaks_.back().push_back(numbers_.facts());
		else
			children(*node);
	}

private:
	using Facts = UserNumbers::Facts;

	void children(const Stmt &node)
	{
		for (const auto *child : node.children()) {
			statement(child);
			if (isa<CompoundStmt>(node) && child != nullptr)
				counted_down(*child);
		}
	}

	void declaration(const DeclStmt &declared)
	{
		for (const auto *each : declared.decls())
			if (const auto *variable = dyn_cast<VarDecl>(each);
			    variable != nullptr && variable->hasInit()) {
				statement(variable->getInit());
				numbers_.set(*variable, numbers_.of(variable->getInit()));
			}
	}

	void branch(const IfStmt &choice)
	{
		statement(choice.getInit());
		statement(choice.getConditionVariableDeclStmt());
		statement(choice.getCond());
		fork(choice.getCond(), choice.getThen(), choice.getElse());
	}

	/** Follows both ways behind @condition, and what is known where they meet. */
	void fork(const Expr *condition, const Stmt *first, const Stmt *second)
	{
		const auto before = numbers_.facts();
		numbers_.assume(condition, true);
		statement(first);
		const auto of_first = numbers_.facts();
		numbers_.replace(before);
		numbers_.assume(condition, false);
		statement(second);
		bool is_constant = false;
		if (condition == nullptr || leaves(first))
			return;
		if (!condition->isValueDependent() &&
		    condition->EvaluateAsBooleanCondition(is_constant, lint_.ast())) {
			if (is_constant)
				numbers_.replace(of_first);
			return;
		}
		if (leaves(second)) {
			numbers_.replace(of_first);
			return;
		}
		const bool is_told = conditions_.is_told(first) || conditions_.is_told(second);
		const bool may_agree = conditions_.may_agree(*condition);
		numbers_.join(of_first, [&](const ValueName &name) {
			const auto *was = UserNumbers::found_in(before, name);
			if (was != nullptr ? was->number != Number::unchecked : !name.is_call())
				return false; // of one of the ways alone
			return is_told || (may_agree && !mentions(*condition, name));
		});
	}

	void selected(const SwitchStmt &cases)
	{
		statement(cases.getInit());
		statement(cases.getConditionVariableDeclStmt());
		statement(cases.getCond());
		const auto before = numbers_.of(cases.getCond());
		numbers_.set(cases.getCond(), {}); // the cases are constants
		breaks_.emplace_back();
		statement(cases.getBody());
		breaks_.pop_back();
		// Without a default the number may be none of them.
		bool has_default = conditions_.is_told(cases.getBody());
		for (const auto *each = cases.getSwitchCaseList(); each != nullptr;
		     each = each->getNextSwitchCase())
			has_default |= isa<DefaultStmt>(each);
		const auto *plain = cases.getCond()->IgnoreParenImpCasts();
		if (!has_default && !plain->getType()->isEnumeralType())
			numbers_.set(plain, before);
	}

	void repeated(const Stmt &node)
	{
		breaks_.emplace_back();
		if (isa<CXXForRangeStmt>(node)) {
			children(node);
			end_loop();
			return;
		}
		const auto [init, declared, condition, step, body] = loop_of(node);
		const bool is_first = !isa<DoStmt>(node);
		statement(init);
		statement(declared);
		Facts before;
		Facts within;
		if (condition != nullptr && is_first) {
			uses_.bounds(*condition, step, *body);
			statement(condition);
			before = numbers_.facts();
			numbers_.assume(condition, true);
			within = numbers_.facts();
		}
		statement(body);
		statement(step);
		numbers_.forget(within, before);
		if (condition != nullptr && !is_first) {
			uses_.bounds(*condition, step, *body);
			statement(condition);
		}
		numbers_.assume(condition, false);
		end_loop();
	}

	/** Takes the facts at each break of the loop for facts behind it. */
	void end_loop()
	{
		for (const auto &facts : breaks_.back())
			numbers_.join(facts, [](const ValueName &) { return true; });
		breaks_.pop_back();
	}

	void value(const Expr &node)
	{
		if (const auto *lambda = dyn_cast<LambdaExpr>(&node)) {
			std::vector<std::vector<Facts>> outside;
			std::swap(breaks_, outside);
			statement(lambda->getBody());
			std::swap(breaks_, outside);
			return;
		}
		if (const auto *choice = dyn_cast<ConditionalOperator>(&node)) {
			statement(choice->getCond());
			fork(choice->getCond(), choice->getTrueExpr(), choice->getFalseExpr());
			return;
		}
		const auto *binary = dyn_cast<BinaryOperator>(&node);
		if (binary != nullptr && binary->isLogicalOp()) {
			statement(binary->getLHS());
			if (binary->getOpcode() == BO_LAnd)
				fork(binary->getLHS(), binary->getRHS(), nullptr);
			else
				fork(binary->getLHS(), nullptr, binary->getRHS());
			return;
		}
		const auto *call = dyn_cast<CallExpr>(&node);
		if (call != nullptr)
			numbers_.handlers(*call);
		children(node);
		if (binary != nullptr)
			operation(*binary);
		else if (const auto *element = dyn_cast<ArraySubscriptExpr>(&node))
			uses_.index(*element->getIdx(), *element->getBase(), node);
		else if (call != nullptr)
			called(*call);
	}

	void operation(const BinaryOperator &binary)
	{
		uses_.operation(binary);
		const auto *target = binary.getLHS();
		if (binary.getOpcode() == BO_Assign && is_get_user(binary))
			numbers_.set(target, value_of_type(target->getType(), Number::unchecked));
		else if (binary.getOpcode() == BO_Assign)
			assigned(*target, *binary.getRHS());
		else if (binary.isCompoundAssignmentOp() &&
			 (breaks_.empty() || binary.getOpcode() != BO_SubAssign))
			numbers_.set(target,
				     within(numbers_.of_operation(binary), target->getType()));
	}

	void assigned(const Expr &target, const Expr &value)
	{
		// valid = number < most;
		if (target.getType()->isBooleanType())
			numbers_.looked_at(value);
		numbers_.set(&target, numbers_.of(&value));
	}

	/** Returns whether the macro get_user() of the kernel's makes this assignment. */
	bool is_get_user(const BinaryOperator &binary) const
	{
		const auto &sources = lint_.ast().getSourceManager();
		for (auto at = binary.getOperatorLoc(); at.isMacroID();
		     at = sources.getImmediateMacroCallerLoc(at)) {
			const auto name = Lexer::getImmediateMacroName(at, sources,
								       lint_.ast().getLangOpts());
			if (name == "get_user" || name == "__get_user" || name == "unsafe_get_user")
				return true;
		}
		return false;
	}

	/** Notes the value that a statement --count; leaves. A loop may run it any number of times,
	 * and is left out. */
	void counted_down(const Stmt &node)
	{
		const auto *unary = dyn_cast<UnaryOperator>(&node);
		if (unary == nullptr || !unary->isDecrementOp() || !breaks_.empty() ||
		    !unary->getType()->isIntegerType())
			return;
		const auto *target = unary->getSubExpr();
		const auto value = numbers_.of(target);
		if (value.is_of_user())
			numbers_.set(target,
				     computed(BO_Sub, value, {.most = 1}, target->getType(), 1));
	}

	void called(const CallExpr &call)
	{
		uses_.call(call);
		if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&call);
		    operation != nullptr && operation->getOperator() == OO_Equal)
			numbers_.set(operation->getArg(0), numbers_.of(operation->getArg(1)));
		numbers_.called(call);
	}

	Lint &lint_;
	Conditions conditions_;
	UserNumbers numbers_;
	UserUses uses_;
	std::vector<std::vector<Facts>> breaks_; // what is known at the breaks of each loop
};

} // namespace

void user_values(Lint &lint, const FunctionDecl &function)
{
	// A lambda is a part of its function.
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (!function.doesThisDeclarationHaveABody() ||
	    (method != nullptr && method->getParent()->isLambda()))
		return;
	Follower follower(lint, function.getBody());
	follower.numbers().parameters(function);
	follower.statement(function.getBody());
}

} // namespace kcxx::lint
