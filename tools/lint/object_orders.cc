// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/object_orders.hpp"

#include "lint/call_names.hpp"
#include "lint/ended_objects.hpp"

#include <clang/AST/ExprCXX.h>
#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Finds a comparison of addresses, by which a function finds one order, or one object. */
class Compared : public RecursiveASTVisitor<Compared>
{
public:
	bool VisitBinaryOperator(BinaryOperator *both)
	{
		found = found ||
			(both->isComparisonOp() && both->getLHS()->getType()->isPointerType());
		return !found;
	}
	// std::less, std::addressof
	bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *call)
	{
		found = found || (call->getNumArgs() == 3 && call->getOperator() == OO_Call &&
				  call->getArg(1)->getType()->isPointerType());
		return !found;
	}

	bool found = false;
};

bool compares_addresses(const FunctionDecl &function)
{
	const FunctionDecl *defined = nullptr;
	Compared compared;
	if (function.hasBody(defined))
		compared.TraverseStmt(defined->getBody());
	return compared.found;
}

} // namespace

/** Returns the orders of @step, by the names of its function. */
ObjectOrders::Orders ObjectOrders::of(const LockStep &step)
{
	Orders all;
	if (!step.held.empty())
		for (const auto &taken : uses_.of(step).taken)
			for (const auto &held : step.held)
				if (held != taken && !held.members.empty() &&
				    !taken.members.empty() &&
				    held.members.back() == taken.members.back())
					all.emplace(held, taken);
	if (step.kind != LockStep::Kind::other || step.call.function == nullptr ||
	    lint_.files().origin(step.call.function->getLocation()) != Origin::user)
		return all;
	for (const auto *function : uses_.targets_of(step))
		for (const auto &[held, taken] : of(*function)) {
			const auto first = name_outside(*function, *step.call.written, held);
			const auto second = name_outside(*function, *step.call.written, taken);
			if (first && second)
				all.emplace(*first, *second);
		}
	return all;
}

const ObjectOrders::Orders &ObjectOrders::of(const FunctionDecl &function)
{
	const auto *key = function.getCanonicalDecl();
	if (!orders_.try_emplace(key).second)
		return orders_[key];
	Orders all;
	if (!compares_addresses(function))
		for (const auto &step : uses_.steps_of(function))
			all.merge(of(step));
	// A function with both orders chooses one of them.
	Orders one_way;
	for (const auto &each : all)
		if (!all.contains({each.second, each.first}) || each.first == each.second)
			one_way.insert(each);
	return orders_[key] = std::move(one_way);
}

void ObjectOrders::look_at(const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || function.isDependentContext())
		return;
	const auto &own = of(function);
	for (const auto &step : uses_.steps_of(function))
		for (const auto &order : of(step)) {
			if (!own.contains(order))
				continue;
			if (order.first == order.second)
				lint_.report(taken_twice, step.call.place, step.call.range);
			else if (order.first.root == nullptr && order.second.root == nullptr)
				seen_[class_of(function)].try_emplace(order, step.call);
		}
}

void ObjectOrders::look_at_all()
{
	for (const auto &[record, orders] : seen_)
		for (const auto &[order, call] : orders)
			if (orders.contains({order.second, order.first}))
				lint_.report(both_orders, call.place, call.range,
					     ", with " +
						     order.first.members.back()->getNameAsString() +
						     " of another object held");
}

} // namespace kcxx::lint
