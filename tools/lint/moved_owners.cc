// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/moved_owners.hpp"

#include "lint/call_names.hpp"
#include "lint/container_change.hpp"
#include "lint/type_parts.hpp"
#include "lint/user_declarations.hpp"

#include <array>
#include <clang/AST/ParentMapContext.h>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** The containers whose objects have their elements within them, and move them */
constexpr std::array<StringRef, 2> holding_within = {"optional", "SmallVec"};

bool keeps_its_elements_in_place(Lint &lint, QualType type)
{
	const auto *record = type->getAsCXXRecordDecl();
	return record != nullptr && is_container(lint, *record) && !is_class(type, holding_within);
}

/** Looks at all that a function does with one of its parameters. */
class Uses : public RecursiveASTVisitor<Uses>
{
public:
	Uses(ASTContext &ast, const ParmVarDecl &parameter) : ast_(ast), parameter_(parameter) {}

	bool VisitDeclRefExpr(DeclRefExpr *name)
	{
		is_kept_ = is_kept_ || (name->getDecl() == &parameter_ && !only_asks(*name));
		return !is_kept_;
	}

	[[nodiscard]] bool is_kept() const { return is_kept_; }

private:
	// Returns whether @name is there for its element, or for a question.
	bool only_asks(const DeclRefExpr &name)
	{
		for (auto node = DynTypedNode::create(name);;) {
			const auto parents = ast_.getParents(node);
			if (parents.empty())
				return false;
			node = parents[0];
			if (const auto *call = node.get<CXXOperatorCallExpr>())
				return call->getOperator() == OO_Star ||
				       call->getOperator() == OO_Arrow ||
				       call->getOperator() == OO_Subscript;
			if (const auto *member = node.get<MemberExpr>()) {
				const auto *method =
					dyn_cast<CXXMethodDecl>(member->getMemberDecl());
				return method != nullptr && method->isConst();
			}
			if (node.get<ImplicitCastExpr>() == nullptr &&
			    node.get<ParenExpr>() == nullptr)
				return false;
		}
	}

	ASTContext &ast_;
	const ParmVarDecl &parameter_;
	bool is_kept_ = false;
};

/** Returns whether the function that @call calls ends what its parameter @index gets. */
bool ends_argument(Lint &lint, const CallExpr &call, unsigned index)
{
	const auto *function = defined_by_user(lint, call.getDirectCallee());
	if (function == nullptr)
		return false;
	const auto *parameter = function->getParamDecl(index);
	if (parameter->getType()->isReferenceType())
		return false;
	Uses uses(lint.ast(), *parameter);
	uses.TraverseStmt(function->getBody());
	return !uses.is_kept();
}

Moved::Where where_given(Lint &lint, const CallExpr &call, const Expr &argument)
{
	const auto *function = call.getDirectCallee();
	for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i)
		if (argument_of(call, *function, i) == &argument && ends_argument(lint, call, i))
			return Moved::Where::end;
	return Moved::Where::elsewhere;
}

bool is_assignment(const CallExpr &call)
{
	const auto *written = dyn_cast<CXXOperatorCallExpr>(&call);
	return written != nullptr && written->getOperator() == OO_Equal &&
	       written->getNumArgs() == 2;
}

/** Returns what takes the object of @from in std::move(from). */
Moved taken_by(Lint &lint, const CallExpr &move, ObjectPath from)
{
	const Expr *taken = &move;
	for (;;) {
		const auto parents = lint.ast().getParents(*taken);
		if (parents.empty())
			return {};
		if (const auto *variable = parents[0].get<VarDecl>())
			return {.where = variable->getType()->isReferenceType()
						 ? Moved::Where::stay
						 : Moved::Where::at_owner,
				.from = std::move(from),
				.owner = {.root = variable, .members = {}}};
		const auto *outer = parents[0].get<Expr>();
		if (outer == nullptr)
			return {.where = parents[0].get<Stmt>() != nullptr
						 ? Moved::Where::stay
						 : Moved::Where::elsewhere,
				.from = std::move(from)};
		if (const auto *call = dyn_cast<CallExpr>(outer))
			return is_assignment(*call)
				       ? Moved{}
				       : Moved{.where = where_given(lint, *call, *taken),
					       .from = std::move(from)};
		const bool is_same = isa<CXXConstructExpr>(outer) &&
				     lint.ast().hasSameUnqualifiedType(outer->getType(),
								       move.getArg(0)->getType());
		if (!is_same && !isa<CastExpr, ParenExpr, FullExpr, CXXBindTemporaryExpr,
				     MaterializeTemporaryExpr>(outer))
			return {.where = Moved::Where::elsewhere, .from = std::move(from)};
		taken = outer;
	}
}

} // namespace

Moved moved_by(Lint &lint, const CallExpr &node)
{
	if (is_std_move(node) && node.getNumArgs() == 1) {
		auto from = object_path(*node.getArg(0));
		return from && keeps_its_elements_in_place(lint, node.getArg(0)->getType())
			       ? taken_by(lint, node, std::move(*from))
			       : Moved{};
	}
	if (!is_assignment(node))
		return {};
	const auto *value = dyn_cast<CallExpr>(node.getArg(1)->IgnoreUnlessSpelledInSource());
	if (value == nullptr || !is_std_move(*value) || value->getNumArgs() != 1 ||
	    !keeps_its_elements_in_place(lint, value->getArg(0)->getType()))
		return {};
	auto from = object_path(*value->getArg(0));
	auto owner = object_path(*node.getArg(0));
	if (!from || !owner)
		return {};
	return {.where = Moved::Where::at_owner,
		.from = std::move(*from),
		.owner = std::move(*owner)};
}

} // namespace kcxx::lint
