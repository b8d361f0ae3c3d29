// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Calls of what sleeps, where a guard keeps the task from it.
#include "lint/given_functions.hpp"
#include "lint/rules.hpp"
#include "lint/sleepers.hpp"
#include "lint/sleeping_flags.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule sleep_under_a_guard = {
	.id = "kcxx-sleep",
	.what = "a call that may sleep, where a spinlock is held, RCU is read, preemption is off, "
		"or the function must not sleep",
	.needed = "the call behind the guard's end, or before the guard",
	.rewrite = "a block { ... } around the guard that ends before the call; a kernel::Mutex in "
		   "place of the spinlock; kernel::GFP_ATOMIC for memory",
};

constexpr Rule unknown_under_a_guard = {
	.id = "kcxx-unknown-call",
	.what = "a call of a function that this source does not show, where nothing may sleep",
	.needed = "a function that is declared not to sleep, or one whose body is in this source",
	.rewrite = "KCXX_NEVER_SLEEPS behind the arguments of the function, or of the pointer to "
		   "it; a template argument in place of a kernel::FunctionRef; or the call behind "
		   "the guard's end",
};

void report_way(Lint &lint, Sleepers &sleepers, const Called &call, const FunctionDecl &caller)
{
	const auto way = sleepers.way_of(call, caller);
	if (way.end != WayToSleep::End::none)
		lint.report(way.end == WayToSleep::End::goal ? sleep_under_a_guard
							     : unknown_under_a_guard,
			    call.place, call.range, way.spelled_behind(lint, call));
}

} // namespace

void sleeps(Lint &lint, Sleepers &sleepers, SleepingFlags &flags, const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || function.isDependentContext())
		return;
	GuardedCalls calls(lint, function);
	if (!calls.has_guards())
		return;
	calls.each([&](const Called &call, Guards guards) {
		if (call.written != nullptr && call.function != nullptr &&
		    sleepers.releases_a_guard(*call.function)) {
			// The condition of a wait runs while the lock is held.
			if (!guards.empty())
				for (const auto *argument : call.written->arguments())
					for (const auto *condition : lambda_functions(*argument))
						report_way(lint, sleepers,
							   {.function = condition,
							    .place = call.place,
							    .range = call.range,
							    .written = nullptr},
							   function);
			for (const auto *argument : call.written->arguments())
				guards.erase(named_variable(*argument));
		}
		if (guards.empty())
			return;
		report_way(lint, sleepers, call, function);
		if (call.written != nullptr && flags.may_sleep(*call.written, function))
			lint.report(sleep_under_a_guard, call.place, call.range,
				    ", with flags that a caller gives: GFP_KERNEL");
	});
}

} // namespace kcxx::lint
