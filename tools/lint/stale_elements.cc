// SPDX-License-Identifier: GPL-2.0-only OR MIT
// References to elements of a container that are used behind a change of it.
#include "lint/container_change.hpp"
#include "lint/rules.hpp"

#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Analysis/CFG.h>
#include <map>
#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule stale = {
	.id = "kcxx-stale-element",
	.what = "an element is used behind a change of its container, which moved or ended it",
	.needed = "a new reference behind the change",
	.rewrite = "the use before the change; or the index, and container[index] behind it",
};

/** A variable that refers to elements of a container */
struct Bound {
	ObjectPath container;
	bool is_stale = false;

	bool operator==(const Bound &) const = default;
};

/** The variables at a point of a function. One that is stale on one way there is stale. */
using State = std::map<const VarDecl *, Bound>;

/** Returns whether the result of @method lives no longer than its object. */
bool is_bound_to_object(const CXXMethodDecl &method)
{
	const auto *written = method.getTypeSourceInfo();
	auto type = written == nullptr ? TypeLoc() : written->getTypeLoc();
	for (auto with = type.getAsAdjusted<AttributedTypeLoc>(); with;
	     with = type.getAsAdjusted<AttributedTypeLoc>()) {
		if (with.getAttrAs<LifetimeBoundAttr>() != nullptr)
			return true;
		type = with.getModifiedLoc();
	}
	return false;
}

/** Returns the variable and the new value of an assignment. */
std::pair<const Expr *, const Expr *> assignment(const Stmt &node)
{
	if (const auto *plain = dyn_cast<BinaryOperator>(&node);
	    plain != nullptr && plain->getOpcode() == BO_Assign)
		return {plain->getLHS(), plain->getRHS()};
	if (const auto *call = dyn_cast<CXXOperatorCallExpr>(&node);
	    call != nullptr && call->getOperator() == OO_Equal && call->getNumArgs() == 2)
		return {call->getArg(0), call->getArg(1)};
	return {};
}

/** Finds the names that are no uses of an element: the variables of assignments, and of comparisons
 */
class Harmless : public RecursiveASTVisitor<Harmless>
{
public:
	bool VisitStmt(Stmt *node)
	{
		if (const auto *variable = assignment(*node).first; variable != nullptr)
			add(*variable);
		return true;
	}

	bool VisitBinaryOperator(BinaryOperator *node)
	{
		if (node->isEqualityOp()) {
			add(*node->getLHS());
			add(*node->getRHS());
		}
		return true;
	}

	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *node)
	{
		if (node->getOperator() == OO_EqualEqual || node->getOperator() == OO_ExclaimEqual)
			for (const auto *argument : node->arguments())
				add(*argument);
		return true;
	}

	std::set<const Stmt *> names;

private:
	// A name of the element itself is a use all the same.
	void add(const Expr &expression)
	{
		const auto *variable = named_variable(expression);
		if (variable != nullptr && !variable->getType()->isReferenceType())
			names.insert(expression.IgnoreParenImpCasts());
	}
};

/** Follows the references of one function, along the graph of its blocks. */
class References
{
public:
	References(Lint &lint, const FunctionDecl &function) : lint_(lint)
	{
		CFG::BuildOptions options;
		options.setAllAlwaysAdd();
		graph_ = CFG::buildCFG(&function, function.getBody(), &lint.ast(), options);
		harmless_.TraverseStmt(function.getBody());
	}

	void check()
	{
		if (graph_ == nullptr)
			return;
		std::set<const CFGBlock *> open = {&graph_->getEntry()};
		while (!open.empty()) {
			const auto *block = *open.begin();
			open.erase(open.begin());
			const auto behind = pass(*block, false);
			for (const auto &next : block->succs())
				if (next.getReachableBlock() != nullptr && join(*next, behind))
					open.insert(next);
		}
		for (const auto *block : *graph_)
			pass(*block, true);
	}

private:
	/** Returns the state behind @block. */
	State pass(const CFGBlock &block, bool reports)
	{
		state_ = before_[&block];
		for (const auto &element : block)
			if (const auto statement = element.getAs<CFGStmt>())
				follow(*statement->getStmt(), reports);
		return state_;
	}

	/** Adds @other to what is known before @block. Returns whether that is new there. */
	bool join(const CFGBlock &block, const State &other)
	{
		const bool is_first = !before_.contains(&block);
		auto &state = before_[&block];
		const auto old = state;
		for (const auto &[variable, bound] : other)
			state.try_emplace(variable, bound).first->second.is_stale |= bound.is_stale;
		return is_first || state != old;
	}

	void follow(const Stmt &node, bool reports)
	{
		if (const auto *declared = dyn_cast<DeclStmt>(&node)) {
			for (const auto *each : declared->decls())
				if (const auto *variable = dyn_cast<VarDecl>(each))
					bind(*variable, variable->getInit());
		} else if (const auto [renamed, value] = assignment(node);
			   renamed != nullptr && named_variable(*renamed) != nullptr &&
			   !named_variable(*renamed)->getType()->isReferenceType()) {
			bind(*named_variable(*renamed), value);
		} else if (const auto *call = dyn_cast<CallExpr>(&node)) {
			change(*call);
		} else if (const auto *name = dyn_cast<DeclRefExpr>(&node)) {
			if (reports)
				use(*name);
		}
	}

	void bind(const VarDecl &variable, const Expr *value)
	{
		state_.erase(&variable);
		if (value == nullptr)
			return;
		const auto container = variable.getType()->isReferenceType() ? of_object(*value)
									     : of_pointer(*value);
		if (container)
			state_[&variable] = {.container = *container, .is_stale = false};
	}

	void change(const CallExpr &call)
	{
		const auto *object = disturbed_by(lint_, call, Disturbed::elements);
		const auto path = object == nullptr ? std::nullopt : object_path(*object);
		for (auto &[variable, bound] : state_)
			bound.is_stale =
				bound.is_stale || path == bound.container ||
				disturbs_within(lint_, call, bound.container, Disturbed::elements);
	}

	void use(const DeclRefExpr &name)
	{
		const auto *variable = dyn_cast<VarDecl>(name.getDecl());
		const auto bound = state_.find(variable);
		if (bound != state_.end() && bound->second.is_stale && !variable->isImplicit() &&
		    !harmless_.names.contains(&name))
			lint_.report(stale, name);
	}

	/** Returns the container in which the object of @expression is. */
	std::optional<ObjectPath> of_object(const Expr &expression)
	{
		const auto &bare = *expression.IgnoreParenNoopCasts(lint_.ast())->IgnoreImplicit();
		if (const auto *member = dyn_cast<MemberExpr>(&bare))
			return member->isArrow() ? of_pointer(*member->getBase())
						 : of_object(*member->getBase());
		if (const auto *followed = dyn_cast<UnaryOperator>(&bare);
		    followed != nullptr && followed->getOpcode() == UO_Deref)
			return of_pointer(*followed->getSubExpr());
		if (const auto *call = dyn_cast<CXXOperatorCallExpr>(&bare);
		    call != nullptr && call->getOperator() == OO_Star && call->getNumArgs() == 1)
			return of_name(*call->getArg(0)); // an iterator
		if (bare.isGLValue())
			return bare.getType()->isPointerType() ? of_call(bare)
							       : of_call_or_name(bare);
		return std::nullopt;
	}

	/** Returns the container into which the pointer, iterator or view @expression points. */
	std::optional<ObjectPath> of_pointer(const Expr &expression)
	{
		const auto &bare = *expression.IgnoreParenCasts()->IgnoreImplicit();
		if (const auto *taken = dyn_cast<UnaryOperator>(&bare);
		    taken != nullptr && taken->getOpcode() == UO_AddrOf)
			return of_object(*taken->getSubExpr());
		// A copy of an element is not in the container
		const auto *variable = named_variable(bare);
		const bool is_element =
			bare.isGLValue() &&
			(variable == nullptr || variable->getType()->isReferenceType());
		return is_element ? std::nullopt : of_call_or_name(bare);
	}

	std::optional<ObjectPath> of_call_or_name(const Expr &bare)
	{
		const auto container = of_call(bare);
		return container ? container : of_name(bare);
	}

	/** Returns the container of which @expression calls a function for its elements. */
	std::optional<ObjectPath> of_call(const Expr &expression)
	{
		const auto *call = dyn_cast<CallExpr>(&expression);
		const auto *method =
			call == nullptr ? nullptr
					: dyn_cast_or_null<CXXMethodDecl>(call->getDirectCallee());
		if (method == nullptr || !is_container(lint_, *method->getParent()) ||
		    !is_bound_to_object(*method))
			return std::nullopt;
		const auto *member = dyn_cast<CXXMemberCallExpr>(call);
		return object_path(member != nullptr ? *member->getImplicitObjectArgument()
						     : *call->getArg(0));
	}

	/** Returns the container of a variable that is bound already. */
	std::optional<ObjectPath> of_name(const Expr &expression)
	{
		const auto bound = state_.find(named_variable(expression));
		return bound == state_.end() ? std::nullopt
					     : std::optional(bound->second.container);
	}

	Lint &lint_;
	std::unique_ptr<CFG> graph_;
	Harmless harmless_;
	std::map<const CFGBlock *, State> before_;
	State state_;
};

} // namespace

void stale_elements(Lint &lint, const FunctionDecl &function)
{
	if (function.doesThisDeclarationHaveABody() && !function.isDependentContext())
		References(lint, function).check();
}

} // namespace kcxx::lint
