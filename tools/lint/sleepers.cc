// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/sleepers.hpp"

#include "lint/guarded_calls.hpp"

#include <array>
#include <deque>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Functions of the library and of std that end live objects, and not ones that were moved from */
constexpr std::array<StringRef, 9> ending = {"clear", "truncate", "retain",    "erase",  "resize",
					     "reset", "assign",   "remove_if", "pop_all"};

} // namespace

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
	    isa<CXXDestructorDecl>(function) || function.getOverloadedOperator() == OO_Equal)
		return true;
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (method != nullptr && method->getParent()->isLambda())
		return true;
	if (function.getIdentifier() == nullptr)
		return false;
	const auto name = function.getName();
	return llvm::is_contained(ending, name) || name.contains_insensitive("destroy") ||
	       name == "_M_reset" || name == "_M_assign";
}

const Sleepers::Functions &Sleepers::called_in(const FunctionDecl &function)
{
	const auto [known, is_new] = called_.try_emplace(&function);
	auto &functions = known->second;
	if (is_new)
		GuardedCalls(lint_, function).each([&](const Called &call, const Guards &) {
			if (!releases_a_guard(*call.function) &&
			    (!call.ends_an_object() || ends_live_objects(function)))
				functions.push_back(call.function->getCanonicalDecl());
		});
	return functions;
}

WayToSleep Sleepers::way_from(const FunctionDecl &function)
{
	const auto *from = function.getCanonicalDecl();
	if (const auto known = ways_.find(from); known != ways_.end())
		return known->second;
	std::map<const FunctionDecl *, const FunctionDecl *> callers = {{from, nullptr}};
	std::deque<const FunctionDecl *> open = {from};
	while (!open.empty()) {
		const auto *at = open.front();
		open.pop_front();
		const auto said = quiet_.contains(at) ? Declared::never_sleeps : declared(*at);
		if (said == Declared::sleeps) {
			WayToSleep &way = ways_[from];
			for (; at != nullptr; at = callers.at(at))
				way.insert(way.begin(), at);
			return way;
		}
		if (said == Declared::never_sleeps)
			continue;
		for (const auto *next : called_in(*at))
			if (callers.try_emplace(next, at).second)
				open.push_back(next);
	}
	for (const auto &[each, caller] : callers)
		quiet_.insert(each);
	return {};
}

} // namespace kcxx::lint
