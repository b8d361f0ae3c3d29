// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Numbers from user space as sizes, indexes and bounds of loops, within one function.
#include "lint/loop.hpp"
#include "lint/rules.hpp"
#include "lint/user_numbers.hpp"

#include <clang/Lex/Lexer.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule unbounded_size = {
	.id = "kcxx-user-size",
	.what = "memory of a size that user space names, and nothing bounds",
	.needed = "a check against the most that the driver takes",
	.rewrite = "if (count > most) return EINVAL; or std::min(count, most)",
};

constexpr Rule unchecked_index = {
	.id = "kcxx-user-index",
	.what = "an index that user space names, and nothing checks",
	.needed = "a check, and an index that the processor cannot guess past it",
	.rewrite = "if (i >= table.size()) return EINVAL; then table[kernel::index_nospec(i, "
		   "table.size())]",
};

constexpr Rule speculated_index = {
	.id = "kcxx-user-speculation",
	.what = "an index that user space names, which the processor may use on trial before its "
		"check (Spectre)",
	.needed = "an index that no branch decides on",
	.rewrite = "table[kernel::index_nospec(i, table.size())], in C array_index_nospec(i, "
		   "ARRAY_SIZE(table))",
};

constexpr Rule unbounded_loop = {
	.id = "kcxx-user-bound",
	.what = "a loop as long as user space wants, which nothing bounds",
	.needed = "a check against the most that the driver takes",
	.rewrite = "if (count > most) return EINVAL; before the loop",
};

/** Follows the values of one function, in the order in which they are written. */
class Follower
{
public:
	explicit Follower(Lint &lint) : lint_(lint), numbers_(lint) {}

	UserNumbers &numbers() { return numbers_; }

	void statement(const Stmt *node)
	{
		if (node == nullptr)
			return;
		if (const auto *declared = dyn_cast<DeclStmt>(node))
			declaration(*declared);
		else if (const auto *choice = dyn_cast<IfStmt>(node))
			branch(*choice);
		else if (isa<ForStmt, WhileStmt, DoStmt>(node))
			repeated(*node);
		else if (const auto *cases = dyn_cast<SwitchStmt>(node))
			selected(*cases);
		else if (const auto *expression = dyn_cast<Expr>(node))
			value(*expression);
		else
			children(*node);
	}

private:
	void children(const Stmt &node)
	{
		for (const auto *child : node.children())
			statement(child);
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
		numbers_.check(choice.getCond());
		statement(choice.getThen());
		statement(choice.getElse());
	}

	void selected(const SwitchStmt &cases)
	{
		statement(cases.getInit());
		statement(cases.getCond());
		numbers_.set(cases.getCond(), Number::own); // the cases are constants
		statement(cases.getBody());
	}

	void repeated(const Stmt &node)
	{
		const auto [init, condition, step, body] = loop_of(node);
		statement(init);
		if (condition != nullptr) {
			bounds(*condition, step, *body);
			statement(condition);
			numbers_.check(condition);
		}
		statement(body);
		statement(step);
	}

	/** Reports a bound in @condition that a counter of the loop runs up to. */
	void bounds(const Expr &condition, const Stmt *step, const Stmt &body)
	{
		const auto *plain = condition.IgnoreParenImpCasts();
		if (const auto *binary = dyn_cast<BinaryOperator>(plain)) {
			if (binary->isLogicalOp()) {
				bounds(*binary->getLHS(), step, body);
				bounds(*binary->getRHS(), step, body);
				return;
			}
			if (!binary->isComparisonOp())
				return;
			const auto *left = binary->getLHS();
			const auto *right = binary->getRHS();
			if ((numbers_.of(right) == Number::unchecked && moves(left, step, body)) ||
			    (numbers_.of(left) == Number::unchecked && moves(right, step, body)))
				lint_.report(unbounded_loop, condition);
			return;
		}
		// while (count--), for (; count; --count)
		if (condition.getType()->isBooleanType() && !isa<CastExpr>(condition))
			return;
		if (plain->getType()->isIntegerType() && !plain->getType()->isBooleanType() &&
		    numbers_.of(plain) == Number::unchecked &&
		    (isa<UnaryOperator>(plain) || moves(plain, step, body)))
			lint_.report(unbounded_loop, condition);
	}

	/** Returns whether the loop changes @expression. */
	bool moves(const Expr *expression, const Stmt *step, const Stmt &body) const
	{
		const auto *name = dyn_cast<DeclRefExpr>(expression->IgnoreParenCasts());
		return name != nullptr && ((step != nullptr && changes(*step, *name->getDecl())) ||
					   changes(body, *name->getDecl()));
	}

	static bool changes(const Stmt &node, const ValueDecl &variable)
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

	void value(const Expr &node)
	{
		if (const auto *lambda = dyn_cast<LambdaExpr>(&node)) {
			statement(lambda->getBody());
			return;
		}
		if (const auto *choice = dyn_cast<ConditionalOperator>(&node)) {
			statement(choice->getCond());
			numbers_.check(choice->getCond());
			statement(choice->getTrueExpr());
			statement(choice->getFalseExpr());
			return;
		}
		const auto *binary = dyn_cast<BinaryOperator>(&node);
		if (binary != nullptr && binary->isLogicalOp()) {
			statement(binary->getLHS());
			numbers_.check(binary->getLHS());
			statement(binary->getRHS());
			return;
		}
		const auto *call = dyn_cast<CallExpr>(&node);
		if (call != nullptr)
			numbers_.handlers(*call);
		children(node);
		if (binary != nullptr)
			operation(*binary);
		else if (const auto *element = dyn_cast<ArraySubscriptExpr>(&node))
			indexed(*element->getIdx(), node);
		else if (call != nullptr)
			called(*call);
	}

	void operation(const BinaryOperator &binary)
	{
		if (binary.isAdditiveOp() && binary.getType()->isPointerType()) {
			const auto *count = binary.getRHS()->getType()->isPointerType()
						    ? binary.getLHS()
						    : binary.getRHS();
			if (numbers_.of(count) == Number::unchecked)
				lint_.report(unchecked_index, binary.getOperatorLoc(),
					     binary.getSourceRange());
		}
		if (binary.getOpcode() == BO_Assign)
			numbers_.set(binary.getLHS(), is_get_user(binary)
							      ? Number::unchecked
							      : numbers_.of(binary.getRHS()));
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

	void indexed(const Expr &index, const Expr &whole)
	{
		const auto number = numbers_.of(&index);
		if (number == Number::unchecked)
			lint_.report(unchecked_index, index.getExprLoc(), whole.getSourceRange());
		else if (number == Number::bounded)
			lint_.report(speculated_index, index.getExprLoc(), whole.getSourceRange());
	}

	void called(const CallExpr &call)
	{
		const auto *function = call.getDirectCallee();
		if (const auto *element = dyn_cast<CXXOperatorCallExpr>(&call)) {
			if (element->getOperator() == OO_Subscript && element->getNumArgs() == 2 &&
			    is_array(*element->getArg(0)))
				indexed(*element->getArg(1), call);
			if (element->getOperator() == OO_Equal)
				numbers_.set(element->getArg(0), numbers_.of(element->getArg(1)));
		} else if (function != nullptr) {
			allocation(call, *function);
		}
		numbers_.called(call);
	}

	static bool is_array(const Expr &object)
	{
		const auto *record = object.getType()->getAsCXXRecordDecl();
		if (record == nullptr || record->getIdentifier() == nullptr)
			return false;
		static constexpr std::array<StringRef, 9> names = {
			"array",  "span",  "Vec",        "SmallVec",
			"String", "Deque", "RingBuffer", "basic_string_view",
			"bitset"};
		return llvm::is_contained(names, record->getName());
	}

	void allocation(const CallExpr &call, const FunctionDecl &function)
	{
		const auto name = name_of(call);
		static constexpr std::array<StringRef, 17> names = {
			"kmalloc",       "kzalloc",        "kvmalloc", "kvzalloc",
			"vmalloc",       "vzalloc",        "kcalloc",  "kvcalloc",
			"kmalloc_array", "kvmalloc_array", "krealloc", "devm_kmalloc",
			"devm_kzalloc",  "devm_kcalloc",   "kmemdup",  "memdup_user",
			"vmemdup_user"};
		const bool of_c = llvm::is_contained(names, name);
		const bool of_library =
			lint_.files().origin(function.getLocation()) == Origin::library &&
			takes_flags(function);
		if (!of_c && !of_library)
			return;
		for (unsigned i = 0; i < std::min(call.getNumArgs(), function.getNumParams());
		     i++) {
			const auto &parameter = *function.getParamDecl(i);
			const auto type = parameter.getType();
			if (type->isIntegerType() && !type->isBooleanType() &&
			    parameter.getName() != "index" &&
			    numbers_.of(call.getArg(i)) == Number::unchecked)
				lint_.report(unbounded_size, call.getBeginLoc(),
					     call.getSourceRange());
		}
	}

	/** Returns whether @function of the library allocates: it takes GFP flags. */
	static bool takes_flags(const FunctionDecl &function)
	{
		for (const auto *parameter : function.parameters())
			if (const auto *record = parameter->getType()->getAsCXXRecordDecl();
			    record != nullptr && record->getIdentifier() != nullptr &&
			    record->getName() == "Gfp")
				return true;
		return false;
	}

	Lint &lint_;
	UserNumbers numbers_;
};

} // namespace

void user_values(Lint &lint, const FunctionDecl &function)
{
	// A lambda is a part of its function.
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (!function.doesThisDeclarationHaveABody() ||
	    (method != nullptr && method->getParent()->isLambda()))
		return;
	Follower follower(lint);
	follower.numbers().parameters(function);
	follower.statement(function.getBody());
}

} // namespace kcxx::lint
