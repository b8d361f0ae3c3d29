// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/sleeping_flags.hpp"

#include "lint/call_names.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <clang/AST/ParentMapContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <vector>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule kept_as_any = {
	.id = "kcxx-kept-flags",
	.what = "GFP_KERNEL as a value of type Gfp, which is then taken for flags that never sleep",
	.needed = "flags that keep their type until an allocation gets them",
	.rewrite = "const auto flags = GFP_KERNEL; a member or a result of type "
		   "kernel::SleepingGfp; GFP_KERNEL where the allocation is",
};

/** Returns whether @node makes a Gfp, or a gfp_t of C's, of flags that sleep. */
bool is_conversion(const Stmt &node)
{
	const auto *object = converted_object(node);
	return object != nullptr && is_class(object->getType(), {"SleepingGfp"});
}

/** Returns whether @node has the flags that its parts have: a choice, a sum, a copy. */
bool passes_flags(const Stmt &node)
{
	if (const auto *sum = dyn_cast<CXXOperatorCallExpr>(&node))
		return sum->getOperator() == OO_Pipe;
	if (const auto *sum = dyn_cast<BinaryOperator>(&node))
		return sum->getOpcode() == BO_Or;
	if (const auto *list = dyn_cast<InitListExpr>(&node))
		return list->getNumInits() == 1;
	if (const auto *made = dyn_cast<CXXConstructExpr>(&node))
		return is_class(made->getType(), {"Gfp"});
	return isa<AbstractConditionalOperator, CastExpr, ParenExpr, FullExpr, CXXBindTemporaryExpr,
		   MaterializeTemporaryExpr>(node);
}

/** Returns whether @variable is a function's own, of which each use is seen. */
bool is_plain_local(const VarDecl &variable)
{
	return variable.isLocalVarDecl() && variable.hasLocalStorage() && !variable.isInitCapture();
}

/** Returns whether @node keeps its value for later. */
bool keeps(const Stmt &node)
{
	if (const auto *assigned = dyn_cast<CXXOperatorCallExpr>(&node))
		return assigned->getOperator() == OO_Equal;
	if (const auto *assigned = dyn_cast<BinaryOperator>(&node))
		return assigned->isAssignmentOp();
	return isa<ReturnStmt, InitListExpr, CXXDefaultInitExpr>(node);
}

bool has_conversion(const Expr &flags)
{
	if (is_conversion(flags))
		return true;
	return passes_flags(flags) && llvm::any_of(flags.children(), [](const Stmt *part) {
		       const auto *inner = dyn_cast_or_null<Expr>(part);
		       return inner != nullptr && has_conversion(*inner);
	       });
}

/** Returns the variable of type Gfp that @flags names. */
const VarDecl *variable_in(const Expr &flags)
{
	const auto *bare = flags.IgnoreUnlessSpelledInSource();
	if (const auto *made = dyn_cast<CXXConstructExpr>(bare);
	    made != nullptr && made->getNumArgs() == 1)
		bare = made->getArg(0)->IgnoreUnlessSpelledInSource();
	const auto *variable = named_variable(*bare);
	return variable != nullptr && is_class(variable->getType(), {"Gfp"}) ? variable : nullptr;
}

} // namespace

void flags_kept(Lint &lint, const InitListExpr &list)
{
	// The source has no conversion in a list: what the compiler makes of it has.
	const auto *made = list.isSemanticForm() ? &list : list.getSemanticForm();
	if (made == nullptr)
		return; // in a template
	for (const auto *each : made->inits())
		if (const auto *inner = each->IgnoreParenImpCasts(); is_conversion(*inner))
			flags_kept(lint, *inner);
}

void flags_kept(Lint &lint, const Expr &conversion)
{
	if (!is_conversion(conversion))
		return;
	for (auto node = DynTypedNode::create(conversion);;) {
		const auto parents = lint.ast().getParents(node);
		if (parents.empty())
			return;
		node = parents[0];
		if (const auto *list = node.get<InitListExpr>();
		    list != nullptr && list->getSemanticForm() != nullptr)
			node = DynTypedNode::create(*list->getSemanticForm());
		const auto *outer = node.get<Stmt>();
		if (outer != nullptr && passes_flags(*outer))
			continue;
		const auto *variable = node.get<VarDecl>();
		const bool is_seen = variable != nullptr &&
				     (isa<ParmVarDecl>(variable) || is_plain_local(*variable));
		if (outer != nullptr ? keeps(*outer) : !is_seen)
			lint.report(kept_as_any, conversion);
		return;
	}
}

/** Notes the flags that the user's code gives to the user's functions. */
class SleepingFlags::Collector : public RecursiveASTVisitor<Collector>
{
public:
	explicit Collector(SleepingFlags &all) : all_(all) {}

	bool shouldVisitTemplateInstantiations() const { return true; }

	bool VisitCallExpr(CallExpr *call)
	{
		const auto *function = call->getDirectCallee();
		for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i) {
			const auto *flags = argument_of(*call, *function, i);
			if (flags == nullptr ||
			    !is_class(function->getParamDecl(i)->getType(), {"Gfp"}))
				continue;
			const Parameter to = {function->getCanonicalDecl(), i};
			if (has_conversion(*flags))
				all_.sleeping_.insert(to);
			else if (const auto *from =
					 dyn_cast_or_null<ParmVarDecl>(variable_in(*flags)))
				if (const auto *caller =
					    dyn_cast<FunctionDecl>(from->getDeclContext()))
					all_.passed_on_[{caller->getCanonicalDecl(),
							 from->getFunctionScopeIndex()}]
						.insert(to);
		}
		return true;
	}

private:
	SleepingFlags &all_;
};

void SleepingFlags::collect()
{
	if (std::exchange(is_collected_, true))
		return;
	Collector collector(*this);
	each_of_user(lint_, *lint_.ast().getTranslationUnitDecl(),
		     [&](Decl &declaration) { collector.TraverseDecl(&declaration); });
	std::vector<Parameter> open(sleeping_.begin(), sleeping_.end());
	while (!open.empty()) {
		const auto from = open.back();
		open.pop_back();
		for (const auto &to : passed_on_[from])
			if (sleeping_.insert(to).second)
				open.push_back(to);
	}
}

bool SleepingFlags::may_sleep(const CallExpr &call, const FunctionDecl &function)
{
	return llvm::any_of(call.arguments(), [&](const Expr *argument) {
		const auto *flags = variable_in(*argument);
		if (flags != nullptr && is_plain_local(*flags))
			return flags->getInit() != nullptr && has_conversion(*flags->getInit());
		const auto *parameter = dyn_cast_or_null<ParmVarDecl>(flags);
		if (parameter == nullptr || parameter->getDeclContext() != &function)
			return false;
		collect();
		return sleeping_.contains(
			{function.getCanonicalDecl(), parameter->getFunctionScopeIndex()});
	});
}

} // namespace kcxx::lint
