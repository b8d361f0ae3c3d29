// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/lock_uses.hpp"

#include "lint/call_names.hpp"
#include "lint/callers.hpp"
#include "lint/given_functions.hpp"
#include "lint/type_parts.hpp"

#include <array>
#include <optional>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Functions that return when a callback is over */
constexpr std::array<StringRef, 7> ending = {"cancel", "shutdown", "flush",      "stop",
					     "join",   "disable",  "synchronize"};

StringRef name_of(const FunctionDecl &function)
{
	return function.getIdentifier() == nullptr ? StringRef{} : function.getName();
}

/** Returns whether @call ends a timer, work or thread: thread_.reset(), thread_ = ... */
bool ends_a_callback(const CallExpr &call)
{
	const auto *object = object_of(call);
	const auto name = name_of(*call.getDirectCallee());
	return object != nullptr && caller_in(object->getType()) != nullptr &&
	       (name == "reset" || name == "clear" ||
		call.getDirectCallee()->getOverloadedOperator() == OO_Equal);
}

/** Returns what @call, of a function of the library's, does with its object. */
LockStep::Kind kind_of(Lint &lint, const Called &call)
{
	using enum LockStep::Kind;
	if (call.function != nullptr && ends_a_callback(*call.written))
		return waits;
	const auto *method = dyn_cast_or_null<CXXMethodDecl>(call.function);
	if (method == nullptr || lint.files().origin(method->getLocation()) != Origin::library)
		return other;
	const auto name = name_of(*method);
	if (lock_guard_kind(lint, method->getReturnType()) != GuardKind::none)
		return name.starts_with("try") ? other : takes;
	const auto *parent = method->getParent();
	const auto type = lint.ast().getRecordType(parent);
	if (name == "read" && is_class(type, {"SeqLock"}))
		return takes; // it waits for a writer
	if (llvm::is_contained(ending, name) &&
	    (caller_in(type) == parent || is_class(type, {"WorkQueue"})))
		return waits;
	if (!is_class(type, {"Completion"}))
		return other;
	if (name == "wait" || name == "wait_interruptible")
		return waits;
	return name == "complete" || name == "complete_all" ? completes : other;
}

/** Returns the lock whose guard @call returns, also by a function of the user's. */
std::optional<ObjectPath> lock_of(const CallExpr &call)
{
	const auto *object = object_of(call);
	const auto *function = call.getDirectCallee();
	const FunctionDecl *defined = nullptr;
	if (function == nullptr)
		return std::nullopt;
	if (llvm::is_contained({"lock", "read", "write"}, name_of(*function).split('_').first) ||
	    name_of(*function).starts_with("try_"))
		return object == nullptr ? std::nullopt : object_path(*object);
	const auto *body =
		function->hasBody(defined) ? dyn_cast<CompoundStmt>(defined->getBody()) : nullptr;
	const auto *end = body == nullptr || body->body_empty()
				  ? nullptr
				  : dyn_cast<ReturnStmt>(body->body_back());
	const auto *inner =
		end == nullptr || end->getRetValue() == nullptr
			? nullptr
			: dyn_cast<CallExpr>(end->getRetValue()->IgnoreUnlessSpelledInSource());
	const auto lock = inner == nullptr ? std::nullopt : lock_of(*inner);
	return lock ? name_outside(*defined, call, *lock) : std::nullopt;
}

} // namespace

std::set<ObjectPath>
renamed(const std::set<ObjectPath> &objects,
	llvm::function_ref<std::optional<ObjectPath>(const ObjectPath &)> rename)
{
	std::set<ObjectPath> all;
	for (const auto &object : objects)
		if (auto name = rename(object))
			all.insert(std::move(*name));
	return all;
}

void LockUse::add(const LockUse &other)
{
	taken.insert(other.taken.begin(), other.taken.end());
	waited_for.insert(other.waited_for.begin(), other.waited_for.end());
}

const std::vector<LockStep> &LockUses::steps_of(const FunctionDecl &function)
{
	const auto [known, is_new] = steps_.try_emplace(function.getCanonicalDecl());
	if (!is_new)
		return known->second;
	std::vector<LockStep> steps;
	GuardedCalls calls(lint_, function, Watched::locks);
	calls.each([&](const Called &call, const Guards &guards) {
		if (call.written == nullptr)
			return;
		LockStep step{.kind = kind_of(lint_, call),
			      .call = call,
			      .object = {},
			      .held = {},
			      .caller = &function,
			      .guards = {}};
		if (step.kind != LockStep::Kind::other) {
			const auto *object = object_of(*call.written);
			const auto path = object == nullptr ? std::nullopt : object_path(*object);
			if (!path)
				return;
			step.object = *path;
		}
		for (const auto &[guard, held] : guards)
			if (const auto *maker = calls.maker_of(guard); maker != nullptr) {
				step.guards.push_back(maker->getType());
				const auto lock =
					held == Held::surely ? lock_of(*maker) : std::nullopt;
				if (lock)
					step.held.insert(*lock);
			}
		steps.push_back(std::move(step));
	});
	return steps_[function.getCanonicalDecl()] = std::move(steps);
}

const LockUse &LockUses::of(const FunctionDecl &function)
{
	const auto *key = function.getCanonicalDecl();
	if (!uses_.try_emplace(key).second)
		return uses_[key];
	LockUse all;
	for (const auto &step : steps_of(function))
		all.add(of(step));
	return uses_[key] = std::move(all);
}

/** Returns what the lambdas do that @call, of the library's or std's, calls at once. */
LockUse LockUses::given_to(const CallExpr &call)
{
	LockUse all;
	if (keeps_functions(call))
		return all;
	for (const auto *argument : call.arguments())
		for (const auto *lambda : lambda_functions(*argument))
			all.add(of(*lambda));
	return all;
}

LockUse LockUses::of(const LockStep &step)
{
	using enum LockStep::Kind;
	LockUse all;
	if (step.kind == takes)
		all.taken.insert(step.object);
	else if (step.kind == waits)
		all.waited_for.insert(step.object);
	if (step.kind != other || step.call.function == nullptr ||
	    called_parameter(*step.call.written) != nullptr)
		return all; // the caller knows which function a parameter has
	if (lint_.files().origin(step.call.function->getLocation()) != Origin::user)
		return given_to(*step.call.written);
	for (const auto *function : targets_of(step)) {
		const auto within = of(*function);
		const auto outside = [&](const ObjectPath &object) {
			return name_outside(*function, *step.call.written, object);
		};
		all.add({.taken = renamed(within.taken, outside),
			 .waited_for = renamed(within.waited_for, outside)});
	}
	for (const auto &given : given_calls(step))
		all.add(given.use);
	return all;
}

} // namespace kcxx::lint
