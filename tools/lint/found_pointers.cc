// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/found_pointers.hpp"

#include "lint/call_names.hpp"
#include "lint/conditions.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns whether @value calls a function of the library's or of std with one of @names. */
bool calls(Lint &lint, const Expr &value, ArrayRef<StringRef> names)
{
	const auto *call = dyn_cast<CallExpr>(value.IgnoreParenImpCasts());
	const auto *function = call != nullptr ? call->getDirectCallee() : nullptr;
	if (function == nullptr || function->getIdentifier() == nullptr ||
	    !llvm::is_contained(names, function->getName()))
		return false;
	return lint.files().origin(function->getLocation()) == Origin::library;
}

/** Returns the container whose function with one of @names @value calls; nullptr: none. */
const Expr *container_of_member(Lint &lint, const Expr &value, ArrayRef<StringRef> names)
{
	const auto *member = dyn_cast<CXXMemberCallExpr>(value.IgnoreParenImpCasts());
	return member != nullptr && calls(lint, value, names) ? member->getImplicitObjectArgument()
							      : nullptr;
}

/**
 * Returns the container whose element, or end, the iterator @value of the library or of std is;
 * nullptr for another value. An iterator of a Vec is a pointer.
 */
const Expr *walked_by(Lint &lint, const Expr &value)
{
	const auto *call = dyn_cast<CallExpr>(value.IgnoreParenImpCasts());
	const unsigned first = call != nullptr && isa<CXXOperatorCallExpr>(call) ? 1 : 0;
	if (call != nullptr && !algorithm_name(*call).empty() && call->getNumArgs() > first) {
		const auto *range = call->getArg(first);
		const auto *begun = container_of_member(lint, *range, {"begin", "cbegin"});
		return begun != nullptr || !range->getType()->isRecordType() ? begun : range;
	}
	return container_of_member(lint, value,
				   {"begin", "find", "lower_bound", "upper_bound", "erase"});
}

/** Returns whether @value is an element of a container, or null, or its end. */
bool asks_container(Lint &lint, const Expr &value)
{
	return container_of_member(lint, value, {"get", "front", "back", "read", "unique"}) !=
		       nullptr ||
	       calls(lint, value, {"get_if"}) || walked_by(lint, value) != nullptr;
}

bool names(const Stmt &node, const VarDecl &variable)
{
	const auto *expression = dyn_cast<Expr>(&node);
	const auto *name =
		expression == nullptr ? nullptr : dyn_cast<DeclRefExpr>(expression->IgnoreParens());
	return name != nullptr && name->getDecl() == &variable;
}

/** Returns the new value of @variable if @node assigns one to it; else nullptr. */
const Expr *assigned(const Stmt &node, const VarDecl &variable)
{
	const auto *binary = dyn_cast<BinaryOperator>(&node);
	return binary != nullptr && binary->getOpcode() == BO_Assign &&
			       names(*binary->getLHS(), variable)
		       ? binary->getRHS()
		       : nullptr;
}

/** Returns whether @node moves the iterator @variable by one element. */
bool steps(const Stmt &node, const VarDecl &variable)
{
	const auto *unary = dyn_cast<UnaryOperator>(&node);
	return unary != nullptr && unary->isIncrementDecrementOp() &&
	       names(*unary->getSubExpr(), variable);
}

/** Returns whether @node or a part of it gives @variable another value. */
bool assigns(const Stmt &node, const VarDecl &variable)
{
	return assigned(node, variable) != nullptr || steps(node, variable) ||
	       llvm::any_of(node.children(), [&](const Stmt *part) {
		       return part != nullptr && assigns(*part, variable);
	       });
}

/**
 * Returns whether @node reads @variable, or gives it another element that a container has, and
 * gives no reference to it to anyone.
 */
bool keeps_elements(Lint &lint, const Stmt &node, const VarDecl &variable)
{
	if (const auto *read = dyn_cast<ImplicitCastExpr>(&node);
	    read != nullptr && read->getCastKind() == CK_LValueToRValue &&
	    names(*read->getSubExpr(), variable))
		return true;
	if (const auto *value = assigned(node, variable))
		return asks_container(lint, *value) && keeps_elements(lint, *value, variable);
	if (steps(node, variable))
		return true; // a test follows before its next use
	return !names(node, variable) && llvm::all_of(node.children(), [&](const Stmt *part) {
		return part == nullptr || keeps_elements(lint, *part, variable);
	});
}

/** A walk through a function to where a pointer is used. */
class WayToUse
{
public:
	WayToUse(Lint &lint, const VarDecl &pointer, const Expr &use)
	    : lint_(lint), pointer_(pointer), use_(use)
	{
	}

	/** Returns whether @node or a part of it is the use, and the pointer is tested there. */
	[[nodiscard]] bool is_tested(const Stmt *node, bool tested = false) const
	{
		if (node == nullptr || isa<LambdaExpr>(node))
			return false;
		if (node == &use_)
			return tested;
		// A loop comes here again, and the parts of an expression in any order.
		if (isa<Expr, ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(node) &&
		    assigns(*node, pointer_))
			tested = false;
		if (const auto *block = dyn_cast<CompoundStmt>(node))
			return is_tested_in(*block, tested);
		if (const auto *statement = dyn_cast<IfStmt>(node))
			return is_tested(statement->getInit(), tested) ||
			       is_tested_by(*statement->getCond(), statement->getThen(),
					    statement->getElse(), tested);
		if (const auto *loop = dyn_cast<ForStmt>(node))
			return is_tested(loop->getInit()) || is_tested(loop->getInc()) ||
			       (loop->getCond() == nullptr
					? is_tested(loop->getBody(), tested)
					: is_tested_by(*loop->getCond(), loop->getBody(), nullptr,
						       tested));
		if (const auto *loop = dyn_cast<WhileStmt>(node))
			return is_tested_by(*loop->getCond(), loop->getBody(), nullptr, tested);
		if (const auto *choice = dyn_cast<ConditionalOperator>(node))
			return is_tested_by(*choice->getCond(), choice->getTrueExpr(),
					    choice->getFalseExpr(), tested);
		if (const auto *both = dyn_cast<BinaryOperator>(node); both && both->isLogicalOp())
			return is_tested(both->getLHS(), tested) ||
			       is_tested(both->getRHS(),
					 tested || tells(*both->getLHS(),
							 both->getOpcode() == BO_LAnd));
		for (const auto *part : node->children())
			if (is_tested(part, tested))
				return true;
		return false;
	}

private:
	/** The same of a statement with a condition, and of what it does by the outcome. */
	[[nodiscard]] bool is_tested_by(const Expr &condition, const Stmt *yes, const Stmt *no,
					bool tested) const
	{
		return is_tested(&condition, tested) ||
		       is_tested(yes, tested || tells(condition, true)) ||
		       is_tested(no, tested || tells(condition, false));
	}

	/** The same of a block: behind if (!pointer) return, there is something. */
	[[nodiscard]] bool is_tested_in(const CompoundStmt &block, bool tested) const
	{
		for (const auto *statement : block.body()) {
			if (is_tested(statement, tested))
				return true;
			tested = tested && !assigns(*statement, pointer_);
			const auto *left = dyn_cast<IfStmt>(statement);
			if (left != nullptr && tells(*left->getCond(), false) &&
			    leaves(left->getThen()))
				tested = true;
		}
		return false;
	}

	[[nodiscard]] bool is_pointer(const Expr &expression) const
	{
		const auto *name = dyn_cast<DeclRefExpr>(expression.IgnoreParenImpCasts());
		return name != nullptr && name->getDecl() == &pointer_;
	}

	/** Returns whether @condition, whose outcome is @outcome, excludes that the pointer is
	 * null. */
	[[nodiscard]] bool tells(const Expr &condition, bool outcome) const
	{
		const auto &test = *condition.IgnoreParenImpCasts();
		if (const auto *negated = dyn_cast<UnaryOperator>(&test))
			return negated->getOpcode() == UO_LNot &&
			       tells(*negated->getSubExpr(), !outcome);
		if (const auto *both = dyn_cast<BinaryOperator>(&test)) {
			const auto kind = both->getOpcode();
			if (kind == BO_LAnd || kind == BO_LOr)
				return outcome == (kind == BO_LAnd) &&
				       (tells(*both->getLHS(), outcome) ||
					tells(*both->getRHS(), outcome));
			return kind == (outcome ? BO_NE : BO_EQ) &&
			       (compares_with_null(*both) ||
				compares_with_end(*both->getLHS(), *both->getRHS()) ||
				compares_with_end(*both->getRHS(), *both->getLHS()));
		}
		return outcome && is_pointer(test);
	}

	[[nodiscard]] bool compares_with_null(const BinaryOperator &test) const
	{
		const auto is_null = [](const Expr &side) {
			return isa<CXXNullPtrLiteralExpr, GNUNullExpr>(side.IgnoreParenImpCasts());
		};
		return (is_pointer(*test.getLHS()) && is_null(*test.getRHS())) ||
		       (is_null(*test.getLHS()) && is_pointer(*test.getRHS()));
	}

	/** Returns whether @side is the pointer, and @other the end of what it walks. */
	[[nodiscard]] bool compares_with_end(const Expr &side, const Expr &other) const
	{
		const auto *end = container_of_member(lint_, other, {"end", "cend"});
		const auto *walked = walked_by(lint_, *pointer_.getInit());
		if (end == nullptr || walked == nullptr || !is_pointer(side))
			return false;
		const auto path = object_path(*end);
		return path && path == object_path(*walked);
	}

	Lint &lint_;
	const VarDecl &pointer_;
	const Expr &use_;
};

/** Returns whether @node or a part of it calls a function that puts an element in, if need be. */
bool puts_in(Lint &lint, const Stmt &node)
{
	const auto *call = dyn_cast<CXXMemberCallExpr>(&node);
	return (call != nullptr &&
		calls(lint, *call, {"try_emplace", "insert", "insert_or_assign", "emplace"})) ||
	       llvm::any_of(node.children(), [&](const Stmt *part) {
		       return part != nullptr && puts_in(lint, *part);
	       });
}

/** Returns whether @binding is the element of auto [element, is_new] = map.try_emplace(...). */
bool is_element(Lint &lint, const BindingDecl &binding)
{
	const auto *whole = dyn_cast_or_null<VarDecl>(binding.getDecomposedDecl());
	return whole != nullptr && whole->getInit() != nullptr && puts_in(lint, *whole->getInit());
}

/** Returns the local variable that @pointer names, with its initialiser; nullptr: no such one. */
const VarDecl *initialised_variable(const Expr &pointer)
{
	const auto *use = dyn_cast<DeclRefExpr>(pointer.IgnoreParenImpCasts());
	const auto *variable = use != nullptr ? dyn_cast<VarDecl>(use->getDecl()) : nullptr;
	return variable != nullptr && variable->hasLocalStorage() && !isa<ParmVarDecl>(variable) &&
			       variable->getInit() != nullptr
		       ? variable
		       : nullptr;
}

} // namespace

bool is_found(Lint &lint, const Expr &pointer)
{
	const auto *use = dyn_cast<DeclRefExpr>(pointer.IgnoreParenImpCasts());
	if (const auto *binding = use != nullptr ? dyn_cast<BindingDecl>(use->getDecl()) : nullptr)
		return is_element(lint, *binding);
	const auto *variable = initialised_variable(pointer);
	if (variable == nullptr || !asks_container(lint, *variable->getInit()))
		return false;
	const auto *function = dyn_cast<FunctionDecl>(variable->getDeclContext());
	const auto *body = function != nullptr ? function->getBody() : nullptr;
	return body != nullptr && keeps_elements(lint, *body, *variable) &&
	       WayToUse{lint, *variable, *use}.is_tested(body);
}

bool is_iterator(Lint &lint, const Expr &pointer)
{
	const auto *variable = initialised_variable(pointer);
	return variable != nullptr && walked_by(lint, *variable->getInit()) != nullptr;
}

} // namespace kcxx::lint
