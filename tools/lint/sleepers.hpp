// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The functions that sleep, by their declaration or by what they call.
#pragma once

#include "lint/callables.hpp"
#include "lint/guarded_calls.hpp"
#include "lint/lint.hpp"

#include <map>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** A function, with the functions that its caller gave it to call. */
struct Given {
	const clang::FunctionDecl *function = nullptr;
	Bindings bindings;

	auto operator<=>(const Given &) const = default;
};

/** The end of a way that is looked for */
enum class Goal {
	sleep,        // a function that is declared to sleep
	softirq_lock, // one that takes a lock and turns softirqs off
	mutex_tried,  // one that tries to take a lock of tasks
	thread_asked, // KThread::should_stop()
};

/** How a call comes to a goal, or to a function of which this source shows nothing. */
struct WayToSleep {
	/** Functions of which each calls the next */
	std::vector<const clang::FunctionDecl *> functions;
	enum class End {
		none,    // there is no such way
		unknown, // the last function calls what this source does not show
		goal,    // the last function does what is not to be done
	} end = End::none;

	/** Returns the functions of the user's behind the one that @call names, and the last. */
	[[nodiscard]] std::string spelled_behind(Lint &lint, const Called &call) const;
};

/**
 * Looks into functions whose bodies are in this source, into each once for what it is given to
 * call. The kernel's functions and the library's count as ones that never sleep, unless they are
 * declared to.
 */
class Sleepers
{
public:
	Sleepers(Lint &lint, Callables &callables, Goal goal = Goal::sleep)
	    : lint_(lint), goal_(goal), callables_(callables)
	{
	}

	/** Returns how @call, in the function @caller, comes to the goal. */
	WayToSleep way_of(const Called &call, const clang::FunctionDecl &caller);

	/** Reports the calls in @function that come to the goal. */
	void report_calls(const Rule &rule, const clang::FunctionDecl &function);

	/**
	 * Returns whether @function is one of the library's that releases the lock of a guard that
	 * it is given, as wait() of a WaitQueue.
	 */
	bool releases_a_guard(const clang::FunctionDecl &function);

private:
	/** The functions that one call may run */
	struct Next {
		std::set<Given> functions;
		bool is_open = false; // and others
	};

	const std::vector<Called> &calls_in(const clang::FunctionDecl &function);
	Next next_of(const Called &call, const Given &caller);
	void add_given(const Called &call, const Given &caller, Next &next);
	WayToSleep way_from(const std::set<Given> &first);
	[[nodiscard]] bool is_goal(const clang::FunctionDecl &function) const;
	bool ends_live_objects(const clang::FunctionDecl &function);
	bool is_elsewhere(const clang::FunctionDecl &function);
	bool calls_what_it_is_given(const clang::FunctionDecl &function);

	Lint &lint_;
	Goal goal_;
	Callables &callables_;
	std::map<const clang::FunctionDecl *, std::vector<Called>> calls_;
	std::map<const clang::FunctionDecl *, bool> calls_given_;
	std::set<Given> quiet_; // they, and all that they call, never sleep
};

} // namespace kcxx::lint
