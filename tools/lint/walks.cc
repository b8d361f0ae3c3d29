// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Containers that are changed while a loop walks them.
#include "lint/call_names.hpp"
#include "lint/callers.hpp"
#include "lint/container_change.hpp"
#include "lint/rules.hpp"

#include <array>
#include <clang/AST/ParentMapContext.h>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule changed = {
	.id = "kcxx-walk",
	.what = "a container is changed while a loop walks it, and the loop goes on where nothing "
		"is any more",
	.needed = "a loop that leaves what it walks as it is, or that ends with the change",
	.rewrite =
		"container.retain([](const auto &each) { return keep; }); it = container.erase(it) "
		"without ++it; or break behind the change",
};

/** Returns whether both name one object. */
bool is_same(const Expr &one, const Expr &other, const ASTContext &ast)
{
	if (const auto path = object_path(one))
		return path == object_path(other);
	llvm::FoldingSetNodeID first;
	llvm::FoldingSetNodeID second;
	one.IgnoreParenImpCasts()->Profile(first, ast, true);
	other.IgnoreParenImpCasts()->Profile(second, ast, true);
	return first == second;
}

/** Returns the object whose member begin() @expression calls. */
const Expr *begun(const Expr *expression)
{
	if (expression == nullptr)
		return nullptr;
	const auto *call = dyn_cast<CXXMemberCallExpr>(expression->IgnoreUnlessSpelledInSource());
	const auto *method = call == nullptr ? nullptr : call->getMethodDecl();
	if (method == nullptr || method->getIdentifier() == nullptr)
		return nullptr;
	static constexpr std::array<StringRef, 3> names = {"begin", "cbegin", "rbegin"};
	const bool begins = llvm::is_contained(names, method->getName());
	return begins ? call->getImplicitObjectArgument() : nullptr;
}

/** Returns whether @node or a part of it names @variable. */
bool mentions(const Stmt &node, const VarDecl &variable)
{
	const auto *name = dyn_cast<DeclRefExpr>(&node);
	return (name != nullptr && name->getDecl() == &variable) ||
	       llvm::any_of(node.children(), [&](const Stmt *part) {
		       return part != nullptr && mentions(*part, variable);
	       });
}

/** The places where the body of a loop moves its iterator to another element */
class Steps : public RecursiveASTVisitor<Steps>
{
public:
	explicit Steps(const VarDecl &iterator) : iterator_(iterator) {}

	bool VisitUnaryOperator(UnaryOperator *step)
	{
		if (step->isIncrementDecrementOp())
			note(*step->getSubExpr(), *step);
		return true;
	}

	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *call)
	{
		if (call->isAssignmentOp() || call->getOperator() == OO_PlusPlus ||
		    call->getOperator() == OO_MinusMinus)
			note(*call->getArg(0), *call);
		return true;
	}

	bool VisitBinaryOperator(BinaryOperator *binary)
	{
		if (binary->getOpcode() == BO_Assign)
			note(*binary->getLHS(), *binary);
		return true;
	}

	std::vector<SourceLocation> places;

private:
	void note(const Expr &target, const Expr &at)
	{
		if (named_variable(target) == &iterator_)
			places.push_back(at.getBeginLoc());
	}

	const VarDecl &iterator_;
};

/** The changes of one container in the body of one loop */
class Changes : public RecursiveASTVisitor<Changes>
{
public:
	Changes(Lint &lint, const Stmt &loop, const Expr &container, const VarDecl *iterator)
	    : lint_(lint), loop_(loop), container_(container), iterator_(iterator)
	{
	}

	bool VisitCallExpr(CallExpr *call)
	{
		if (changes(*call) && !goes_on_behind(*call) && !is_past(*call) &&
		    !ends_the_loop(*call))
			lint_.report(changed, *call);
		return true;
	}

	bool TraverseLambdaExpr(LambdaExpr * /*runs elsewhere, or later*/) { return true; }

private:
	bool changes(const CallExpr &call)
	{
		if (const auto *object = disturbed_by(lint_, call, Disturbed::walks))
			return is_same(*object, container_, lint_.ast());
		const auto path = object_path(container_);
		return path && disturbs_within(lint_, call, *path, Disturbed::walks);
	}

	/** Returns whether the iterator goes on at what the change returns, or is past it before.
	 */
	bool goes_on_behind(const CallExpr &call)
	{
		if (iterator_ == nullptr)
			return false;
		for (const auto *argument : call.arguments())
			if (const auto *step = dyn_cast<CXXOperatorCallExpr>(
				    argument->IgnoreUnlessSpelledInSource());
			    step != nullptr && step->getOperator() == OO_PlusPlus)
				return true;
		for (auto node = parent_of(DynTypedNode::create(call)); node.get<Expr>() != nullptr;
		     node = parent_of(node))
			if (const auto *set = node.get<CXXOperatorCallExpr>();
			    set != nullptr && set->isAssignmentOp())
				return is_iterator(*set->getArg(0));
			else if (const auto *plain = node.get<BinaryOperator>();
				 plain != nullptr && plain->isAssignmentOp())
				return is_iterator(*plain->getLHS());
		return false;
	}

	/** Returns whether @call ends one element alone, and the iterator is at another one. */
	bool is_past(const CallExpr &call)
	{
		const auto *counted = dyn_cast<ForStmt>(&loop_);
		if (iterator_ == nullptr || counted == nullptr || counted->getInc() != nullptr ||
		    disturbed_by(lint_, call, Disturbed::walks) == nullptr ||
		    disturbed_by(lint_, call, Disturbed::elements) != nullptr)
			return false;
		const bool names_it = llvm::any_of(call.arguments(), [&](const Expr *argument) {
			return mentions(*argument, *iterator_);
		});
		Steps steps(*iterator_);
		steps.TraverseStmt(const_cast<Stmt *>(counted->getBody()));
		return llvm::any_of(steps.places, [&](SourceLocation place) {
			const bool is_before =
				lint_.ast().getSourceManager().isBeforeInTranslationUnit(
					place, call.getBeginLoc());
			return is_before != names_it;
		});
	}

	bool is_iterator(const Expr &expression) const
	{
		return named_variable(expression) == iterator_;
	}

	/** Returns whether no further step of the loop follows @call. */
	bool ends_the_loop(const CallExpr &call)
	{
		if (isa<LambdaExpr>(loop_))
			return false; // its return goes on with the next element
		bool inner = false;
		for (auto node = DynTypedNode::create(call);;) {
			if (node.get<ReturnStmt>() != nullptr)
				return true;
			if (const auto *block = node.get<CompoundStmt>();
			    block != nullptr && !block->body_empty()) {
				const auto *last = block->body_back();
				if (isa<ReturnStmt>(last) || (isa<BreakStmt>(last) && !inner))
					return true;
			}
			inner |= node.get<Stmt>() != nullptr &&
				 isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(
					 node.get<Stmt>());
			node = parent_of(node);
			if (node.get<Stmt>() == &loop_ ||
			    (node.get<Stmt>() == nullptr && node.get<VarDecl>() == nullptr))
				return false;
		}
	}

	DynTypedNode parent_of(const DynTypedNode &node)
	{
		const auto parents = lint_.ast().getParents(node);
		return parents.empty() ? DynTypedNode::create(*lint_.ast().getTranslationUnitDecl())
				       : parents[0];
	}

	Lint &lint_;
	const Stmt &loop_;
	const Expr &container_;
	const VarDecl *iterator_;
};

} // namespace

void range_walk(Lint &lint, const CXXForRangeStmt &loop)
{
	if (loop.getRangeInit() != nullptr && loop.getBody() != nullptr)
		Changes(lint, loop, *loop.getRangeInit(), nullptr)
			.TraverseStmt(const_cast<Stmt *>(loop.getBody()));
}

void iterator_walk(Lint &lint, const ForStmt &loop)
{
	const auto *declared = dyn_cast_or_null<DeclStmt>(loop.getInit());
	if (declared == nullptr)
		return;
	for (const auto *each : declared->decls()) {
		const auto *iterator = dyn_cast<VarDecl>(each);
		const auto *container = iterator == nullptr ? nullptr : begun(iterator->getInit());
		if (container != nullptr)
			Changes(lint, loop, *container, iterator)
				.TraverseStmt(const_cast<Stmt *>(loop.getBody()));
	}
}

void call_walk(Lint &lint, const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || lint.files().origin(function->getLocation()) != Origin::library)
		return;
	const bool is_of_std_loop = algorithm_name(call) == "for_each";
	const auto *object = object_of(call);
	const bool is_retain = function->getIdentifier() != nullptr &&
			       function->getName() == "retain" && object != nullptr;
	const auto first = isa<CXXOperatorCallExpr>(call) ? 1U : 0U;
	if (!is_of_std_loop && !is_retain)
		return;
	const auto *walked = is_retain ? object : call.getArg(first);
	if (const auto *begin = begun(walked))
		walked = begin;
	for (const auto *argument : call.arguments())
		if (const auto *lambda = given_lambda(*argument))
			Changes(lint, *lambda, *walked, nullptr).TraverseStmt(lambda->getBody());
}

} // namespace kcxx::lint
