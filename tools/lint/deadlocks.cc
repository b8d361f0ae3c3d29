// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/deadlocks.hpp"

#include "lint/call_names.hpp"
#include "lint/callers.hpp"
#include "lint/object_orders.hpp"
#include "lint/type_parts.hpp"
#include "lint/value_names.hpp"
#include "lint/wait_circles.hpp"

#include <algorithm>
#include <clang/AST/ExprCXX.h>
#include <optional>

namespace kcxx::lint
{

using namespace clang;

constinit const Rule taken_twice = {
	.id = "kcxx-lock-twice",
	.what = "a lock is taken that the task holds already, and waits for itself",
	.needed = "a function that takes the lock, and others that get what it protects",
	.rewrite = "total(*state) with `static int total(const State &state)` in place of a "
		   "function that locks; or a block { ... } around the guard that ends before the "
		   "call",
};

constinit const Rule both_orders = {
	.id = "kcxx-lock-order",
	.what = "two locks are taken in this order here, and in the other one elsewhere: two tasks "
		"wait for each other",
	.needed = "one order of the locks for all tasks",
	.rewrite = "a block { ... } around the first guard that ends before the second lock; the "
		   "locks in the other order; or one lock with the data of both",
};

constinit const Rule waits_for_itself = {
	.id = "kcxx-wait",
	.what = "a wait for what cannot come to its end: it needs a lock that is held here, or it "
		"is this function",
	.needed = "a wait without the lock, in another function",
	.rewrite = "a block { ... } around the guard that ends before cancel(), stop(), flush() or "
		   "wait(); a callback that is to end returns, and does not queue itself again",
};

namespace
{

/** Returns @part, a name within @object, as a name of the function that has @object. */
std::optional<ObjectPath> within(const ObjectPath &object, const ObjectPath &part)
{
	if (part.root != nullptr)
		return std::nullopt;
	auto all = object;
	all.members.insert(all.members.end(), part.members.begin(), part.members.end());
	return all;
}

/** Returns the object that @name, perhaps a capture with a clone() of its owner, stands for. */
std::optional<ObjectPath> behind_capture(const ObjectPath &name)
{
	const auto *variable = dyn_cast_or_null<VarDecl>(name.root);
	if (variable == nullptr || !variable->isInitCapture() || !name.members.empty())
		return name;
	const auto *clone =
		dyn_cast<CXXMemberCallExpr>(variable->getInit()->IgnoreUnlessSpelledInSource());
	return clone == nullptr ? std::nullopt : object_path(*clone->getImplicitObjectArgument());
}

bool is_thread(const FieldDecl &field)
{
	const auto *caller = caller_in(field.getType());
	return caller != nullptr && caller->getName() == "KThread";
}

/** Returns the locks that the thread takes which the class of @step runs, if it has one alone. */
std::set<ObjectPath> needed_by_thread(LockUses &uses, const LockStep &step)
{
	const auto *member = step.object.members.empty()
				     ? nullptr
				     : dyn_cast<FieldDecl>(step.object.members.back());
	const auto *record = class_of(*step.caller);
	if (step.kind != LockStep::Kind::waits || member == nullptr || !is_thread(*member) ||
	    record == nullptr || record->getDefinition() == nullptr)
		return {};
	const auto *owner = cast<CXXRecordDecl>(member->getParent());
	const auto lambdas = lambdas_of(*record->getDefinition(), {"KThread"});
	const auto is_another = [&](const auto *each) {
		return each != member && is_thread(*each);
	};
	if (lambdas.size() != 1 || owner->getCanonicalDecl() == record ||
	    llvm::any_of(owner->fields(), is_another) ||
	    llvm::any_of(record->getDefinition()->fields(), is_another))
		return {};
	return uses.of(*lambdas.front()->getCallOperator()).taken;
}

} // namespace

std::vector<const FunctionDecl *> callbacks_of(const ValueDecl &member)
{
	std::vector<const FunctionDecl *> functions;
	const auto *field = dyn_cast<FieldDecl>(&member);
	const auto *caller = field == nullptr ? nullptr : caller_in(field->getType());
	const auto *record =
		field == nullptr ? nullptr : dyn_cast<CXXRecordDecl>(field->getParent());
	if (caller == nullptr || record == nullptr)
		return functions;
	for (const auto *function : functions_of(*caller))
		functions.push_back(function);
	if (is_thread(*field) && llvm::count_if(record->fields(), [](const auto *each) {
					 return is_thread(*each);
				 }) == 1)
		for (const auto *lambda : lambdas_of(*record, {"KThread"}))
			functions.push_back(lambda->getCallOperator());
	return functions;
}

/** Adds to @locks those that @method takes before it completes @completion. Returns if it does. */
bool Deadlocks::is_completed(const CXXMethodDecl &method, const ObjectPath &completion,
			     std::set<ObjectPath> &locks)
{
	const auto &steps = uses_.steps_of(method);
	const auto &sources = lint_.ast().getSourceManager();
	bool is_done = false;
	for (const auto &step : steps) {
		if (step.kind != LockStep::Kind::completes || step.object != completion)
			continue;
		is_done = true;
		for (const auto &before : steps)
			if (sources.isBeforeInTranslationUnit(before.call.place, step.call.place)) {
				const auto use = uses_.of(before);
				locks.insert(use.taken.begin(), use.taken.end());
			}
	}
	return is_done;
}

/** Returns the locks that each function takes which completes @completion. */
std::set<ObjectPath> Deadlocks::needed_to_complete(const FieldDecl &completion)
{
	std::optional<std::set<ObjectPath>> all;
	for (const auto *method : cast<CXXRecordDecl>(completion.getParent())->methods()) {
		std::set<ObjectPath> locks;
		if (!method->isDefined() ||
		    !is_completed(*method, {.root = nullptr, .members = {&completion}}, locks))
			continue;
		if (!all)
			all = locks;
		std::erase_if(*all, [&](const auto &lock) { return !locks.contains(lock); });
	}
	return all.value_or(std::set<ObjectPath>{});
}

/** Returns the locks without which @waited_for, a callback or a completion, does not end. */
std::set<ObjectPath> Deadlocks::needed_by(const ObjectPath &waited_for)
{
	std::set<ObjectPath> locks;
	if (waited_for.members.empty())
		return locks;
	auto owner = waited_for;
	owner.members.pop_back();
	const auto &member = *waited_for.members.back();
	std::set<ObjectPath> own;
	for (const auto *function : callbacks_of(member)) {
		const auto &taken = uses_.of(*function).taken;
		own.insert(taken.begin(), taken.end());
	}
	if (is_class(member.getType(), {"Completion"}))
		if (const auto *field = dyn_cast<FieldDecl>(&member);
		    field != nullptr && isa<CXXRecordDecl>(field->getParent()))
			own = needed_to_complete(*field);
	for (const auto &lock : own)
		if (auto name = within(owner, lock))
			locks.insert(std::move(*name));
	return locks;
}

void Deadlocks::note_orders(const LockStep &step, const std::set<ObjectPath> &held,
			    const LockUse &use)
{
	for (const auto &first : held)
		for (const auto &taken : use.taken)
			if (!first.members.empty() && !taken.members.empty() &&
			    first.members.back() != taken.members.back())
				orders_[first.members.back()].try_emplace(taken.members.back(),
									  step.call);
}

/** Looks at what @step does by @use, while the task holds @held. */
void Deadlocks::look_at(const LockStep &step, const std::set<ObjectPath> &held, const LockUse &use)
{
	if (held.empty())
		return;
	if (have_common(held, use.taken))
		lint_.report(taken_twice, step.call.place, step.call.range);
	note_orders(step, held, use);
	for (const auto &waited_for : use.waited_for)
		if (have_common(held, needed_by(waited_for)))
			lint_.report(waits_for_itself, step.call.place, step.call.range);
}

/** Looks at the locks for which the end of an object waits that @step ends. */
void Deadlocks::look_at_ends(const LockStep &step)
{
	if (step.held.empty())
		return;
	const auto ends = ended_.of(step);
	look_at(step, step.held, {.taken = ends.taken, .waited_for = {}});
	if (have_common(step.held, ends.needed) ||
	    have_common(step.held, needed_by_thread(uses_, step)))
		lint_.report(waits_for_itself, step.call.place, step.call.range);
}

void Deadlocks::look_at(const LockStep &step)
{
	look_at_ends(step);
	look_at(step, step.held, uses_.of(step));
	for (const auto &given : uses_.given_calls(step))
		look_at(step, given.held, given.use);
}

/** Reports a job of a queue that waits for all jobs of the queue. */
void Deadlocks::look_at_job(const LockStep &step)
{
	const auto &call = *step.call.written;
	if (step.call.function == nullptr || !is_of_class(call, "WorkQueue") ||
	    name_of(call) != "run")
		return;
	const auto queue = object_path(*object_of(call));
	for (const auto *argument : call.arguments()) {
		const auto *lambda = given_lambda(*argument);
		if (lambda == nullptr || lambda->isGenericLambda() || !queue)
			continue;
		for (const auto &inner : uses_.steps_of(*lambda->getCallOperator()))
			for (const auto &waited_for : uses_.of(inner).waited_for)
				if (behind_capture(waited_for) == queue)
					lint_.report(waits_for_itself, inner.call.place,
						     inner.call.range);
	}
}

void Deadlocks::look_at(const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || function.isDependentContext())
		return;
	for (const auto &step : uses_.steps_of(function)) {
		look_at(step);
		look_at_job(step);
	}
}

void Deadlocks::look_at(const CXXRecordDecl &record)
{
	if (!record.isThisDeclarationADefinition() || record.isDependentType() || record.isLambda())
		return;
	for (const auto *field : record.fields()) {
		auto endless = queues_of(*field);
		endless.insert({.root = nullptr, .members = {field}});
		for (const auto *function : callbacks_of(*field))
			for (const auto &step : uses_.steps_of(*function))
				if (have_common(uses_.of(step).waited_for, endless))
					lint_.report(waits_for_itself, step.call.place,
						     step.call.range);
	}
}

void Deadlocks::look_at_orders()
{
	for (const auto &[held, all] : orders_)
		for (const auto &[taken, call] : all)
			if (leads_to(orders_, taken, held))
				lint_.report(both_orders, call.place, call.range,
					     ", with " + held->getNameAsString() + " held");
}

} // namespace kcxx::lint
