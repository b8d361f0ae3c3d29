// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_follower.hpp"

#include "lint/loop.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <clang/Lex/Lexer.h>
#include <functional>

namespace kcxx::lint
{

using namespace clang;

void UserFollower::statement(const Stmt *node)
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
	else if (const auto *end = dyn_cast<ReturnStmt>(node))
		returned(*end);
	else if (const auto *rest = dyn_cast<DefaultStmt>(node))
		other_cases(*rest);
	else
		children(*node);
}

void UserFollower::children(const Stmt &node)
{
	for (const auto *child : node.children()) {
		statement(child);
		if (isa<CompoundStmt>(node) && child != nullptr)
			counted_down(*child);
	}
}

void UserFollower::declaration(const DeclStmt &declared)
{
	for (const auto *each : declared.decls())
		if (const auto *variable = dyn_cast<VarDecl>(each);
		    variable != nullptr && variable->hasInit()) {
			statement(variable->getInit());
			numbers_.set(*variable, numbers_.of(variable->getInit()));
			numbers_.copy_parts(*variable, *variable->getInit());
		}
}

void UserFollower::branch(const IfStmt &choice)
{
	statement(choice.getInit());
	statement(choice.getConditionVariableDeclStmt());
	statement(choice.getCond());
	fork(choice.getCond(), choice.getThen(), choice.getElse());
}

/** Follows both ways behind @condition, and what is known where they meet. */
void UserFollower::fork(const Expr *condition, const Stmt *first, const Stmt *second)
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

void UserFollower::selected(const SwitchStmt &cases)
{
	statement(cases.getInit());
	statement(cases.getConditionVariableDeclStmt());
	statement(cases.getCond());
	const auto before = numbers_.of(cases.getCond());
	numbers_.set(cases.getCond(), {}); // the cases are constants
	breaks_.emplace_back();
	const auto outer = std::exchange(selected_, {cases.getCond(), before});
	statement(cases.getBody());
	selected_ = outer;
	numbers_.set(cases.getCond(), {});
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

/** Follows what @rest does with a number that is none of the cases. */
void UserFollower::other_cases(const DefaultStmt &rest)
{
	if (const auto &[number, before] = selected_; number != nullptr)
		numbers_.set(number, before);
	statement(rest.getSubStmt());
}

void UserFollower::repeated(const Stmt &node)
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
void UserFollower::end_loop()
{
	for (const auto &facts : breaks_.back())
		numbers_.join(facts, [](const ValueName &) { return true; });
	breaks_.pop_back();
}

void UserFollower::value(const Expr &node)
{
	if (const auto *function = dyn_cast<LambdaExpr>(&node)) {
		lambda(*function);
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
	else if (const auto *made = dyn_cast<CXXConstructExpr>(&node))
		constructed(*made);
	else if (const auto *list = dyn_cast<InitListExpr>(&node))
		listed(*list);
}

// A lambda is a part of its function, but for what it returns.
void UserFollower::lambda(const LambdaExpr &lambda)
{
	std::vector<std::vector<Facts>> outside;
	std::swap(breaks_, outside);
	const bool was_in_lambda = std::exchange(in_lambda_, true);
	statement(lambda.getBody());
	in_lambda_ = was_in_lambda;
	std::swap(breaks_, outside);
}

void UserFollower::operation(const BinaryOperator &binary)
{
	uses_.operation(binary);
	const auto *target = binary.getLHS();
	if (binary.isAssignmentOp())
		texts_.assigned(*target);
	if (binary.getOpcode() == BO_Assign && is_get_user(binary))
		numbers_.set(target, value_of_type(target->getType(), Number::unchecked));
	else if (binary.getOpcode() == BO_Assign)
		assigned(*target, *binary.getRHS());
	else if (binary.isCompoundAssignmentOp() &&
		 (breaks_.empty() || binary.getOpcode() != BO_SubAssign))
		numbers_.set(target, within(numbers_.of_operation(binary), target->getType()));
}

void UserFollower::assigned(const Expr &target, const Expr &value)
{
	// valid = number < most;
	if (target.getType()->isBooleanType())
		numbers_.looked_at(value);
	const auto number = numbers_.of(&value);
	numbers_.set(&target, number);
	if (number.is_unchecked())
		calls_.members().add(target, number);
}

/** Returns whether the macro get_user() of the kernel's makes this assignment. */
bool UserFollower::is_get_user(const BinaryOperator &binary) const
{
	const auto &sources = lint_.ast().getSourceManager();
	for (auto at = binary.getOperatorLoc(); at.isMacroID();
	     at = sources.getImmediateMacroCallerLoc(at)) {
		const auto name =
			Lexer::getImmediateMacroName(at, sources, lint_.ast().getLangOpts());
		if (name == "get_user" || name == "__get_user" || name == "unsafe_get_user")
			return true;
	}
	return false;
}

/** Notes the value that a statement --count; leaves. A loop may run it any number of times,
 * and is left out. */
void UserFollower::counted_down(const Stmt &node)
{
	const auto *unary = dyn_cast<UnaryOperator>(&node);
	if (unary == nullptr || !unary->isDecrementOp() || !breaks_.empty() ||
	    !unary->getType()->isIntegerType())
		return;
	const auto *target = unary->getSubExpr();
	const auto value = numbers_.of(target);
	if (value.is_of_user())
		numbers_.set(target, computed(BO_Sub, value, {.most = 1}, target->getType(), 1));
}

void UserFollower::called(const CallExpr &call)
{
	uses_.call(call);
	texts_.call(call);
	if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&call);
	    operation != nullptr && operation->getOperator() == OO_Equal)
		numbers_.set(operation->getArg(0), numbers_.of(operation->getArg(1)));
	numbers_.called(call);
	numbers_.made_within(call);
	if (const auto [object, number] = numbers_.kept_by(call); object != nullptr)
		calls_.members().add(*object, number);
}

void UserFollower::constructed(const CXXConstructExpr &made)
{
	(void)numbers_.result_of(made);
	numbers_.made_within(made);
	texts_.construction(made);
}

/** Notes the members of a class with functions of its own that @list sets. */
void UserFollower::listed(const InitListExpr &list)
{
	const auto *record = list.getType()->getAsCXXRecordDecl();
	if (record == nullptr || record->isUnion() || record->getNumBases() != 0 ||
	    lint_.files().origin(record->getLocation()) != Origin::user ||
	    std::ranges::none_of(record->methods(), std::not_fn(&CXXMethodDecl::isImplicit)))
		return;
	unsigned at = 0;
	for (const auto *field : record->fields())
		if (!field->isUnnamedBitField() && at < list.getNumInits())
			if (const auto number = numbers_.of(list.getInit(at++));
			    number.is_unchecked())
				calls_.members().add(*field, number);
}

void UserFollower::initialised(const CXXConstructorDecl &constructor)
{
	if (constructor.isDefaulted())
		return; // a copy
	for (const auto *member : constructor.inits()) {
		statement(member->getInit());
		const auto *field = member->getMember();
		if (field == nullptr)
			continue;
		const auto number = numbers_.of(member->getInit());
		numbers_.put({nullptr, "." + field->getNameAsString()}, number);
		if (number.is_unchecked())
			calls_.members().add(*field, number);
	}
}

namespace
{

/** Returns whether @value is an error, or false: what the function was to do is not done. */
bool is_failure(const Expr &value, const ASTContext &ast)
{
	const auto *bare = value_behind(&value);
	if (is_class(bare->getType(), {"Error", "unexpected"}))
		return true;
	if (const auto *call = dyn_cast<CallExpr>(bare))
		return name_of(*call) == "error" || name_of(*call) == "to_errno";
	Expr::EvalResult constant;
	if (value.isValueDependent() || !bare->getType()->isIntegralOrEnumerationType() ||
	    !bare->EvaluateAsInt(constant, ast))
		return false;
	return bare->getType()->isBooleanType() ? constant.Val.getInt().isZero()
						: constant.Val.getInt().isNegative();
}

} // namespace

void UserFollower::returned(const ReturnStmt &end)
{
	const auto *value = end.getRetValue();
	statement(value);
	if (in_lambda_)
		return;
	if (value == nullptr) {
		exits_.push_back({.facts = numbers_.facts(), .value = {}});
		return;
	}
	if (is_failure(*value, lint_.ast()))
		return;
	const auto before = numbers_.facts();
	const auto number = numbers_.of(value);
	if (function_.getReturnType()->isBooleanType())
		numbers_.assume(value, true);
	exits_.push_back({.facts = numbers_.facts(), .value = number});
	numbers_.replace(before);
}

UserResult UserFollower::follow()
{
	numbers_.parameters(function_);
	numbers_.members(function_);
	if (const auto *constructor = dyn_cast<CXXConstructorDecl>(&function_))
		initialised(*constructor);
	statement(function_.getBody());
	if (function_.getReturnType()->isVoidType())
		exits_.push_back({.facts = numbers_.facts(), .value = {}});
	return result();
}

UserResult UserFollower::result()
{
	UserResult result;
	const auto is_outer = [&](const ValueName &name) {
		return name.variable == nullptr ||
		       llvm::any_of(function_.parameters(), [&](const ParmVarDecl *each) {
			       return each->getCanonicalDecl() == name.variable;
		       });
	};
	bool is_first = true;
	for (const auto &exit : exits_) {
		result.returned = is_first ? exit.value : worse(result.returned, exit.value);
		is_first = false;
		for (const auto &[name, value] : exit.facts) {
			if (!is_outer(name))
				continue;
			const auto [at, is_new] = result.behind.try_emplace(name, value);
			if (!is_new)
				at->second = worse(at->second, value);
		}
	}
	return result;
}

UserFollower::UserFollower(Lint &lint, UserCalls &calls, const FunctionDecl &function,
			   const Facts &given)
    : lint_(lint), calls_(calls), function_(function), conditions_(function.getBody()),
      numbers_(lint, conditions_, calls), uses_(lint, calls, numbers_),
      texts_(lint, calls, numbers_)
{
	numbers_.replace(given);
}

} // namespace kcxx::lint
