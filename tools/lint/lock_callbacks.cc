// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Locks that a function holds while it calls a function that its caller gave to it, and the
// functions that a virtual call may run.
#include "lint/call_names.hpp"
#include "lint/given_functions.hpp"
#include "lint/lock_uses.hpp"

#include <clang/AST/ExprCXX.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns the virtual function of @step if the class of the object decides which one runs. */
const CXXMethodDecl *open_virtual(const LockStep &step)
{
	const auto *method = dyn_cast<CXXMethodDecl>(step.call.function);
	const auto *member = dyn_cast<MemberExpr>(step.call.written->getCallee()->IgnoreParens());
	const bool is_open = method != nullptr && method->isVirtual() && member != nullptr &&
			     !member->hasQualifier() &&
			     method->getDevirtualizedMethod(member->getBase(), false) == nullptr;
	return is_open ? method : nullptr;
}

/** Returns whether an object whose function @target is may be the one that runs @caller. */
bool may_run(const FunctionDecl &caller, const FunctionDecl &target, const CallExpr &call)
{
	const auto *runs = dyn_cast<CXXMethodDecl>(&caller);
	const auto *object = object_of(call);
	if (runs == nullptr || !runs->isVirtual() || object == nullptr ||
	    !isa<CXXThisExpr>(object->IgnoreParenImpCasts()))
		return true;
	const auto *last =
		runs->getCorrespondingMethodInClass(cast<CXXMethodDecl>(target).getParent());
	return last == nullptr || last->getCanonicalDecl() == runs->getCanonicalDecl();
}

std::vector<std::optional<ObjectPath>> argument_names(const CallExpr &call)
{
	std::vector<std::optional<ObjectPath>> names;
	for (unsigned i = isa<CXXOperatorCallExpr>(call) ? 1 : 0; i < call.getNumArgs(); ++i)
		names.push_back(object_path(*call.getArg(i)));
	return names;
}

const FunctionDecl &defined(const FunctionDecl &function)
{
	const FunctionDecl *found = nullptr;
	return function.hasBody(found) ? *found : function;
}

} // namespace

LockUses::Functions LockUses::targets_of(const LockStep &step)
{
	const auto *method = open_virtual(step);
	if (method == nullptr)
		return {&defined(*step.call.function)};
	Functions targets;
	for (const auto *target : callables_.of_virtual(*method).functions)
		if (may_run(*step.caller, *target, *step.call.written))
			targets.push_back(&defined(*target));
	return targets;
}

/** Returns what @lambda does where @call calls it, by the names of the function that gives it. */
LockUse LockUses::of_callback(const FunctionDecl &lambda, const CallbackCall &call)
{
	const auto &within = of(lambda);
	const auto outside = [&](const ObjectPath &object) -> std::optional<ObjectPath> {
		const auto *own = dyn_cast_or_null<ParmVarDecl>(object.root);
		if (own == nullptr || own->getDeclContext() != &lambda)
			return object;
		const auto at = own->getFunctionScopeIndex();
		if (at >= call.arguments.size() || !call.arguments[at])
			return std::nullopt;
		auto all = *call.arguments[at];
		all.members.insert(all.members.end(), object.members.begin(), object.members.end());
		return all;
	};
	return {.taken = renamed(within.taken, outside),
		.waited_for = renamed(within.waited_for, outside)};
}

/** Adds to @calls those that @lambda, called with @held, does of its surroundings' parameters. */
void LockUses::add_outer_calls(const FunctionDecl &lambda, const std::set<ObjectPath> &held,
			       std::set<CallbackCall> &calls)
{
	for (auto inner : callback_calls(lambda)) {
		if (inner.parameter->getDeclContext() == &lambda)
			continue;
		inner.held.insert(held.begin(), held.end());
		inner.arguments.clear();
		calls.insert(std::move(inner));
	}
}

/** Adds to @calls those of parameters that @step gives to a function of the library's or std's. */
void LockUses::add_calls_of_library(const LockStep &step, std::set<CallbackCall> &calls)
{
	if (keeps_functions(*step.call.written))
		return;
	for (const auto *argument : step.call.written->arguments()) {
		if (const auto *parameter = named_parameter(*argument);
		    parameter != nullptr && is_function_object(parameter->getType()))
			calls.insert({.parameter = parameter, .held = step.held, .arguments = {}});
		for (const auto *lambda : lambda_functions(*argument))
			add_outer_calls(*lambda, step.held, calls);
	}
}

/** Adds to @calls those of parameters that @step does. */
void LockUses::add_callback_calls(const LockStep &step, std::set<CallbackCall> &calls)
{
	if (const auto *parameter = called_parameter(*step.call.written)) {
		calls.insert({.parameter = parameter,
			      .held = step.held,
			      .arguments = argument_names(*step.call.written)});
		return;
	}
	if (step.call.function == nullptr || step.kind != LockStep::Kind::other)
		return;
	if (lint_.files().origin(step.call.function->getLocation()) != Origin::user) {
		add_calls_of_library(step, calls);
		return;
	}
	if (is_of_lambda(*step.call.function))
		add_outer_calls(defined(*step.call.function), step.held, calls);
	for (const auto &given : calls_of_arguments(step)) {
		if (const auto *parameter = named_parameter(*given.argument))
			calls.insert({.parameter = parameter,
				      .held = given.call.held,
				      .arguments = given.call.arguments});
		for (const auto *lambda : lambda_functions(*given.argument))
			add_outer_calls(*lambda, given.call.held, calls);
	}
}

const std::set<CallbackCall> &LockUses::callback_calls(const FunctionDecl &function)
{
	const auto *key = function.getCanonicalDecl();
	if (!callback_calls_.try_emplace(key).second)
		return callback_calls_[key];
	std::set<CallbackCall> calls;
	for (const auto &step : steps_of(function))
		add_callback_calls(step, calls);
	return callback_calls_[key] = std::move(calls);
}

/** Returns the arguments of @step that its function calls, by the names of the caller. */
std::vector<LockUses::ArgumentCall> LockUses::calls_of_arguments(const LockStep &step)
{
	std::vector<ArgumentCall> calls;
	for (const auto *function : targets_of(step))
		for (const auto &inner : callback_calls(*function)) {
			if (inner.parameter->getDeclContext() != function)
				continue;
			const auto *argument =
				argument_of(*step.call.written, *function,
					    inner.parameter->getFunctionScopeIndex());
			if (argument == nullptr)
				continue;
			const auto outside = [&](const ObjectPath &object) {
				return name_outside(*function, *step.call.written, object);
			};
			ArgumentCall call{.argument = argument, .call = {}};
			call.call.held = renamed(inner.held, outside);
			call.call.held.insert(step.held.begin(), step.held.end());
			for (const auto &each : inner.arguments)
				call.call.arguments.push_back(each ? outside(*each) : std::nullopt);
			calls.push_back(std::move(call));
		}
	return calls;
}

std::vector<GivenCall> LockUses::given_calls(const LockStep &step)
{
	std::vector<GivenCall> all;
	if (step.kind != LockStep::Kind::other || step.call.function == nullptr ||
	    called_parameter(*step.call.written) != nullptr ||
	    lint_.files().origin(step.call.function->getLocation()) != Origin::user)
		return all;
	for (const auto &given : calls_of_arguments(step))
		for (const auto *lambda : lambda_functions(*given.argument))
			all.push_back(
				{.held = given.call.held, .use = of_callback(*lambda, given.call)});
	return all;
}

} // namespace kcxx::lint
