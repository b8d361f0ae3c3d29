// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Calls of what sleeps, where a guard keeps the task from it.
#include "lint/guarded_calls.hpp"
#include "lint/object_path.hpp"
#include "lint/rules.hpp"
#include "lint/sleepers.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule sleep_under_a_guard = {
	.id = "kcxx-sleep",
	.what = "a call that may sleep, where a spinlock is held, RCU is read or preemption is off",
	.needed = "the call behind the guard's end, or before the guard",
	.rewrite = "a block { ... } around the guard that ends before the call; a kernel::Mutex in "
		   "place of the spinlock; kernel::GFP_ATOMIC for memory",
};

/** Returns the name of @function in a message. */
std::string spelled(const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (method != nullptr && method->getParent()->isLambda())
		return "a lambda";
	return function.getQualifiedNameAsString() + "()";
}

} // namespace

void sleeps(Lint &lint, Sleepers &sleepers, const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || function.isDependentContext())
		return;
	GuardedCalls calls(lint, function);
	if (!calls.has_guards())
		return;
	calls.each([&](const Called &call, Guards guards) {
		if (call.written != nullptr && sleepers.releases_a_guard(*call.function))
			for (const auto *argument : call.written->arguments())
				guards.erase(named_variable(*argument));
		const auto way = guards.empty() ? WayToSleep() : sleepers.way_from(*call.function);
		if (way.empty())
			return;
		std::string through;
		for (std::size_t i = 1; i < way.size(); i++)
			if (i + 1 == way.size() ||
			    lint.files().origin(way[i]->getLocation()) == Origin::user)
				through += " -> " + spelled(*way[i]);
		lint.report(sleep_under_a_guard, call.place, call.range, through);
	});
}

} // namespace kcxx::lint
