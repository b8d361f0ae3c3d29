// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Owners that a move has emptied, and pointers that are adopted twice, within one function.
#include "lint/loop.hpp"
#include "lint/object_path.hpp"
#include "lint/rules.hpp"

#include <algorithm>
#include <clang/AST/ExprConcepts.h>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule used_up = {
	.id = "kcxx-used-up",
	.what = "an owner that was given away is used again, and is empty by then",
	.needed = "one use of what is given away: the last one",
	.rewrite = "the use before std::move(), pump.clone() of an Arc for a further owner, or a "
		   "new value: pump = ...",
};

constexpr Rule adopted_twice = {
	.id = "kcxx-adopted-twice",
	.what = "a pointer gets a second owner, and both destroy the object",
	.needed = "one from_raw() for each to_raw()",
	.rewrite = "one owner, and std::move() of it or a reference to it where it is needed",
};

using Variables = std::set<const VarDecl *>;

/** Returns the variable of a function's own that @expression names. */
const VarDecl *variable_of(const Expr &expression)
{
	const auto *variable = named_variable(expression);
	return variable != nullptr && variable->hasLocalStorage() ? variable : nullptr;
}

/** Returns the variable whose object std::move() takes in @expression. */
const VarDecl *moved_in(const Expr &expression)
{
	const auto *call = dyn_cast<CallExpr>(expression.IgnoreParenImpCasts());
	return call != nullptr && is_std_move(*call) ? variable_of(*call->getArg(0)) : nullptr;
}

bool has_function(const CXXRecordDecl &record, StringRef name)
{
	return std::ranges::any_of(record.methods(), [&](const CXXMethodDecl *method) {
		return method->getIdentifier() != nullptr && method->getName() == name;
	});
}

/** Follows the owners of one function, in the order in which they are used. */
class Owners
{
public:
	explicit Owners(Lint &lint) : lint_(lint) {}

	/** Returns whether the statement leaves its block, always. */
	bool statement(const Stmt *node)
	{
		if (node == nullptr)
			return false;
		if (const auto *block = dyn_cast<CompoundStmt>(node))
			return sequence(*block);
		if (const auto *choice = dyn_cast<IfStmt>(node))
			return branch(*choice);
		if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(node))
			return repeated(*node);
		if (isa<SwitchStmt, SwitchCase, LabelStmt, AsmStmt>(node))
			return jumps(*node);
		if (const auto *declared = dyn_cast<DeclStmt>(node))
			return declaration(*declared);
		if (const auto *expression = dyn_cast<Expr>(node)) {
			value(*expression);
			return false;
		}
		children(*node);
		return isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt>(node);
	}

private:
	void children(const Stmt &node)
	{
		for (const auto *child : node.children())
			statement(child);
	}

	bool sequence(const CompoundStmt &block)
	{
		for (const auto *each : block.body())
			if (statement(each))
				return true;
		return false;
	}

	bool declaration(const DeclStmt &declared)
	{
		for (const auto *each : declared.decls())
			if (const auto *variable = dyn_cast<VarDecl>(each)) {
				if (variable->hasInit())
					statement(variable->getInit());
				renew(*variable);
			}
		return false;
	}

	bool branch(const IfStmt &choice)
	{
		statement(choice.getInit());
		statement(choice.getConditionVariableDeclStmt());
		statement(choice.getCond());
		const auto before = gone_;
		const bool then_leaves = statement(choice.getThen());
		const auto behind_then = std::exchange(gone_, before);
		const bool else_leaves = statement(choice.getElse());
		if (else_leaves)
			gone_ = behind_then;
		else if (!then_leaves)
			keep(behind_then);
		return then_leaves && else_leaves;
	}

	/** A loop's body runs twice: what the first run gives away, the second has no more. */
	bool repeated(const Stmt &node)
	{
		const auto loop = loop_of(node);
		statement(loop.init);
		auto before = gone_;
		const auto renewed_before = std::exchange(renewed_, {});
		statement(loop.declared);
		statement(loop.condition);
		if (!statement(loop.body)) {
			statement(loop.step);
			statement(loop.declared);
			statement(loop.condition);
			statement(loop.body);
		}
		for (const auto *variable : renewed_)
			before.erase(variable);
		gone_ = std::move(before);
		renewed_.insert(renewed_before.begin(), renewed_before.end());
		return false;
	}

	/** Where control may come from elsewhere, nothing is known. */
	bool jumps(const Stmt &node)
	{
		gone_.clear();
		children(node);
		gone_.clear();
		return false;
	}

	void value(const Expr &node)
	{
		if (const auto *lambda = dyn_cast<LambdaExpr>(&node)) {
			for (const auto *init : lambda->capture_inits())
				statement(init);
			return; // its body is a function of its own
		}
		if (const auto *block = dyn_cast<StmtExpr>(&node)) {
			sequence(*block->getSubStmt());
			return;
		}
		if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&node)) {
			statement(choice->getCond());
			either(choice->getTrueExpr(), choice->getFalseExpr());
			return;
		}
		if (const auto *binary = dyn_cast<BinaryOperator>(&node);
		    binary != nullptr && binary->isLogicalOp()) {
			statement(binary->getLHS());
			either(binary->getRHS(), nullptr);
			return;
		}
		if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, RequiresExpr>(node))
			return;
		if (!is_harmless(node)) {
			for (const auto *child : node.children())
				if (child != nullptr && !taken_from(node, *child))
					statement(child);
			note_use(node);
		}
		note_end(node);
	}

	void either(const Stmt *one, const Stmt *other)
	{
		const auto before = gone_;
		statement(one);
		const auto behind = std::exchange(gone_, before);
		statement(other);
		keep(behind);
	}

	/** Returns whether @node may be done with an owner that is empty. */
	bool is_harmless(const Expr &node)
	{
		if (const auto *call = dyn_cast<CXXMemberCallExpr>(&node))
			return isa_and_nonnull<CXXConversionDecl>(call->getMethodDecl()) &&
			       variable_of(*call->getImplicitObjectArgument()) != nullptr;
		if (const auto *call = dyn_cast<CXXOperatorCallExpr>(&node);
		    call != nullptr && call->isAssignmentOp()) {
			const auto *variable = variable_of(*call->getArg(0));
			if (variable == nullptr)
				return false;
			statement(call->getArg(1));
			note_end(node);
			renew(*variable);
			return true;
		}
		return false;
	}

	/** Returns whether @node lends @child to someone who may put a new object there. */
	bool taken_from(const Expr &node, const Stmt &child)
	{
		const auto *expression = dyn_cast<Expr>(&child);
		const auto *variable = expression == nullptr ? nullptr : variable_of(*expression);
		if (variable == nullptr || !gone_.contains(variable))
			return false;
		bool lent = false;
		if (const auto *unary = dyn_cast<UnaryOperator>(&node))
			lent = unary->getOpcode() == UO_AddrOf;
		else if (const auto *call = dyn_cast<CallExpr>(&node);
			 call != nullptr && !is_std_move(*call) && !isa<CXXMemberCallExpr>(call) &&
			 call->getDirectCallee() != nullptr)
			lent = is_lent(*call->getDirectCallee(), *call, *expression);
		if (lent)
			renew(*variable);
		return lent;
	}

	static bool is_lent(const FunctionDecl &function, const CallExpr &call, const Expr &given)
	{
		for (unsigned i = 0; i < std::min(call.getNumArgs(), function.getNumParams()); i++)
			if (call.getArg(i) == &given) {
				const auto type = function.getParamDecl(i)->getType();
				return type->isLValueReferenceType() &&
				       !type->getPointeeType().isConstQualified();
			}
		return false;
	}

	void note_use(const Expr &node)
	{
		const auto *name = dyn_cast<DeclRefExpr>(&node);
		const auto *variable =
			name == nullptr ? nullptr : dyn_cast<VarDecl>(name->getDecl());
		if (variable != nullptr && gone_.contains(variable) && is_owner(*variable))
			lint_.report(used_up, *name);
	}

	/** Notes the variable that is empty behind @node. */
	void note_end(const Expr &node)
	{
		const VarDecl *variable = nullptr;
		if (const auto *made = dyn_cast<CXXConstructExpr>(&node);
		    made != nullptr && made->getConstructor()->isMoveConstructor())
			variable = moved_in(*made->getArg(0));
		else if (const auto *call = dyn_cast<CXXMemberCallExpr>(&node);
			 call != nullptr && call->getMethodDecl() != nullptr &&
			 call->getMethodDecl()->getRefQualifier() == RQ_RValue)
			variable = moved_in(*call->getImplicitObjectArgument());
		else if (const auto *assigned = dyn_cast<CXXOperatorCallExpr>(&node);
			 assigned != nullptr && assigned->isAssignmentOp())
			variable = moved_in(*assigned->getArg(1));
		else if (const auto *adopted = dyn_cast<CallExpr>(&node); adopted != nullptr)
			variable = ended_by(*adopted);
		if (variable != nullptr &&
		    (is_owner(*variable) || variable->getType()->isPointerType()))
			gone_.insert(variable);
	}

	const VarDecl *ended_by(const CallExpr &call)
	{
		const auto *function = call.getDirectCallee();
		if (function == nullptr || function->getIdentifier() == nullptr ||
		    call.getNumArgs() != 1 ||
		    lint_.files().origin(function->getLocation()) != Origin::library)
			return nullptr;
		if (function->getName() == "adopt")
			return moved_in(*call.getArg(0));
		if (function->getName() != "from_raw")
			return nullptr;
		const auto *pointer = variable_of(*call.getArg(0));
		if (pointer != nullptr && gone_.contains(pointer))
			lint_.report(adopted_twice, call);
		return pointer;
	}

	/** Returns whether an object of @variable's class of the library is of no use when empty.
	 */
	bool is_owner(const VarDecl &variable)
	{
		const auto type = variable.getType();
		if (type->isLValueReferenceType())
			return false;
		const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
		if (record == nullptr || !record->hasDefinition() || record->isInStdNamespace() ||
		    record->isLambda() ||
		    lint_.files().origin(record->getLocation()) != Origin::library)
			return false;
		const auto copies = [](const CXXConstructorDecl *each) {
			return each->isCopyConstructor() && !each->isDeleted();
		};
		return record->hasUserDeclaredMoveConstructor() &&
		       std::ranges::none_of(record->ctors(), copies) &&
		       !has_function(*record, "clear");
	}

	void renew(const VarDecl &variable)
	{
		gone_.erase(&variable);
		renewed_.insert(&variable);
	}

	/** Keeps what is gone on another way, too. */
	void keep(const Variables &other)
	{
		std::erase_if(gone_, [&](const auto *each) { return !other.contains(each); });
	}

	Lint &lint_;
	Variables gone_;
	Variables renewed_;
};

} // namespace

void owners(Lint &lint, const FunctionDecl &function)
{
	if (function.doesThisDeclarationHaveABody())
		Owners(lint).statement(function.getBody());
}

} // namespace kcxx::lint
