// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/sleepers.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>
#include <deque>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Functions of the library and of std that end live objects, and not ones that were moved from */
constexpr std::array<StringRef, 9> ending = {"clear", "truncate", "retain",    "erase",  "resize",
					     "reset", "assign",   "remove_if", "pop_all"};

/** Returns the name of @function in a message. */
std::string spelled(const FunctionDecl &function)
{
	return is_of_lambda(function) ? "a lambda" : function.getQualifiedNameAsString() + "()";
}

/** Returns whether @function takes a lock by spin_lock_bh(): its guard has that Way. */
bool takes_softirq_lock(const FunctionDecl &function)
{
	const auto type = function.getReturnType();
	const auto *guard =
		dyn_cast_or_null<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
	if (guard == nullptr || !is_class(type, {"Guard"}) || guard->getTemplateArgs().size() < 2 ||
	    guard->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
		return false;
	return is_class(guard->getTemplateArgs()[1].getAsType(), {"Bh"});
}

/** Returns whether @function is one of @names in a class of the library's that is one of @classes.
 */
bool is_of_library(Lint &lint, const FunctionDecl &function, ArrayRef<StringRef> classes,
		   ArrayRef<StringRef> names)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	return method != nullptr && method->getIdentifier() != nullptr &&
	       llvm::is_contained(names, method->getName()) &&
	       is_class(lint.ast().getRecordType(method->getParent()), classes) &&
	       lint.files().origin(method->getLocation()) == Origin::library;
}

} // namespace

std::string WayToSleep::spelled_behind(Lint &lint, const Called &call) const
{
	std::string through;
	for (std::size_t i = 0; i < functions.size(); i++) {
		const auto &function = *functions[i];
		const bool is_named = i == 0 && call.function != nullptr && !call.is_virtual &&
				      call.function->getCanonicalDecl() == &function;
		if (!is_named && (i + 1 == functions.size() ||
				  lint.files().origin(function.getLocation()) == Origin::user))
			through += " -> " + spelled(function);
	}
	return through;
}

void Sleepers::report_calls(const Rule &rule, const FunctionDecl &function)
{
	GuardedCalls(lint_, function).each([&](const Called &call, const Guards &) {
		const auto way = way_of(call, function);
		if (way.end == WayToSleep::End::goal)
			lint_.report(rule, call.place, call.range, way.spelled_behind(lint_, call));
	});
}

bool Sleepers::is_goal(const FunctionDecl &function) const
{
	switch (goal_) {
	case Goal::sleep:
		return declared(function) == Declared::sleeps;
	case Goal::softirq_lock:
		return takes_softirq_lock(function);
	case Goal::mutex_tried:
		return is_of_library(lint_, function, {"Mutex", "RwSemaphore"},
				     {"try_lock", "try_read", "try_write"});
	case Goal::thread_asked:
		return is_of_library(lint_, function, {"KThread"}, {"should_stop"});
	}
	return false;
}

bool Sleepers::releases_a_guard(const FunctionDecl &function)
{
	if (lint_.files().origin(function.getLocation()) != Origin::library)
		return false;
	for (const auto *parameter : function.parameters()) {
		const auto type = parameter->getType();
		if (type->isLValueReferenceType() && !type->getPointeeType().isConstQualified() &&
		    guard_kind(lint_, type->getPointeeType()) != GuardKind::none)
			return true;
	}
	return false;
}

/**
 * Returns whether the objects that @function ends live until then: containers end elements that
 * they moved, and std's algorithms assign to such.
 */
bool Sleepers::ends_live_objects(const FunctionDecl &function)
{
	if (lint_.files().origin(function.getLocation()) == Origin::user ||
	    isa<CXXDestructorDecl>(function) || function.getOverloadedOperator() == OO_Equal ||
	    is_of_lambda(function))
		return true;
	if (function.getIdentifier() == nullptr)
		return false;
	const auto name = function.getName();
	return llvm::is_contained(ending, name) || name.contains_insensitive("destroy") ||
	       name == "_M_reset" || name == "_M_assign";
}

const std::vector<Called> &Sleepers::calls_in(const FunctionDecl &function)
{
	const auto [known, is_new] = calls_.try_emplace(function.getCanonicalDecl());
	auto &calls = known->second;
	if (is_new)
		GuardedCalls(lint_, function).each([&](const Called &call, const Guards &) {
			const bool ends = call.function != nullptr && call.ends_an_object();
			if (!ends || ends_live_objects(function))
				calls.push_back(call);
		});
	return calls;
}

/** Returns whether @function is the user's, and its body is in another source. */
bool Sleepers::is_elsewhere(const FunctionDecl &function)
{
	return !function.isDefined() && !function.isDefaulted() && !function.isExternC() &&
	       function.getBuiltinID() == 0 &&
	       lint_.files().origin(function.getLocation()) == Origin::user;
}

/** Returns whether @function, of the library, calls one that its caller chose. */
bool Sleepers::calls_what_it_is_given(const FunctionDecl &function)
{
	const auto [known, is_new] = calls_given_.try_emplace(function.getCanonicalDecl(), false);
	if (!is_new)
		return known->second;
	for (const auto &call : calls_in(function)) {
		const auto *next = call.function;
		if (next == nullptr || is_call_of_reference(*next) ||
		    (lint_.files().origin(next->getLocation()) == Origin::library &&
		     calls_what_it_is_given(*next)))
			return calls_given_[function.getCanonicalDecl()] = true;
	}
	return false;
}

/** Adds the functions that @call hands to a function of the library's, which calls them. */
void Sleepers::add_given(const Called &call, const Given &caller, Next &next)
{
	if (lint_.files().origin(call.function->getLocation()) != Origin::library ||
	    call.written == nullptr)
		return;
	for (const auto *argument : call.written->arguments()) {
		if (!is_callable(argument->getType()) || !calls_what_it_is_given(*call.function))
			continue;
		const auto targets = callables_.of(*argument, caller.bindings);
		for (const auto *function : targets.functions)
			next.functions.insert({function->getCanonicalDecl(), {}});
		next.is_open = next.is_open || targets.is_open;
	}
}

Sleepers::Next Sleepers::next_of(const Called &call, const Given &caller)
{
	Next next;
	const bool by_pointer = call.function == nullptr || is_call_of_reference(*call.function);
	if (by_pointer && isa<CXXPseudoDestructorExpr>(call.written->getCallee()->IgnoreParens()))
		return next;
	if (by_pointer || call.is_virtual) {
		const auto targets =
			by_pointer ? callables_.of_indirect_call(*call.written, caller.bindings)
				   : callables_.of_virtual(*cast<CXXMethodDecl>(call.function));
		for (const auto *function : targets.functions)
			next.functions.insert({function->getCanonicalDecl(), {}});
		next.is_open = targets.is_open;
	} else {
		auto bindings = call.written == nullptr
					? Bindings()
					: callables_.given_by(*call.written, *call.function,
							      caller.bindings);
		if (is_of_lambda(*call.function))
			bindings.insert(caller.bindings.begin(), caller.bindings.end());
		next.functions.insert({call.function->getCanonicalDecl(), std::move(bindings)});
		next.is_open = is_elsewhere(*call.function) &&
			       declared(*call.function) == Declared::nothing &&
			       !must_not_sleep(*call.function);
		add_given(call, caller, next);
	}
	// The library calls by a pointer what its caller chose, which was looked at there.
	if (lint_.files().origin(caller.function->getLocation()) != Origin::user)
		next.is_open = false;
	return next;
}

WayToSleep Sleepers::way_of(const Called &call, const FunctionDecl &caller)
{
	const auto next = next_of(call, {&caller, {}});
	auto way = way_from(next.functions);
	if (way.end == WayToSleep::End::none && next.is_open) {
		way.end = WayToSleep::End::unknown;
		if (call.function != nullptr)
			way.functions = {call.function};
	}
	return way;
}

WayToSleep Sleepers::way_from(const std::set<Given> &first)
{
	std::map<Given, const Given *> callers;
	std::deque<const Given *> open;
	WayToSleep found;
	const auto reach = [&](const Given &next, const Given *caller) {
		const auto [at, is_new] = callers.try_emplace(next, caller);
		if (is_new)
			open.push_back(&at->first);
	};
	const auto way_to = [&](const Given *at, WayToSleep::End end) {
		WayToSleep way{.functions = {}, .end = end};
		for (; at != nullptr; at = callers.at(*at))
			way.functions.insert(way.functions.begin(), at->function);
		return way;
	};
	for (const auto &each : first)
		reach(each, nullptr);
	while (!open.empty()) {
		const auto *at = open.front();
		open.pop_front();
		if (quiet_.contains(*at))
			continue;
		if (is_goal(*at->function))
			return way_to(at, WayToSleep::End::goal);
		if (goal_ == Goal::sleep && declared(*at->function) == Declared::never_sleeps)
			continue;
		for (const auto &call : calls_in(*at->function)) {
			if (call.function != nullptr && releases_a_guard(*call.function))
				continue; // its caller holds that guard
			const auto next = next_of(call, *at);
			if (next.is_open && found.end == WayToSleep::End::none)
				found = way_to(at, WayToSleep::End::unknown);
			for (const auto &each : next.functions)
				reach(each, at);
		}
	}
	if (found.end == WayToSleep::End::none)
		for (const auto &[each, caller] : callers)
			quiet_.insert(each);
	return found;
}

} // namespace kcxx::lint
