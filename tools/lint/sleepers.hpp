// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The functions that sleep, by their declaration or by what they call.
#pragma once

#include "lint/lint.hpp"

#include <map>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** Functions of which each calls the next, and the last is declared to sleep */
using WayToSleep = std::vector<const clang::FunctionDecl *>;

/**
 * Looks into functions whose bodies are in this source, into each once. A virtual function, a
 * pointer to a function and a function of another source count as ones that never sleep, unless
 * they are declared to.
 */
class Sleepers
{
public:
	explicit Sleepers(Lint &lint) : lint_(lint) {}

	/** Returns how @function comes to sleep, itself first; nothing if it does not. */
	WayToSleep way_from(const clang::FunctionDecl &function);

	/**
	 * Returns whether @function is one of the library's that releases the lock of a guard that
	 * it is given, as wait() of a WaitQueue.
	 */
	bool releases_a_guard(const clang::FunctionDecl &function);

private:
	using Functions = std::vector<const clang::FunctionDecl *>;

	const Functions &called_in(const clang::FunctionDecl &function);
	bool ends_live_objects(const clang::FunctionDecl &function);

	Lint &lint_;
	std::map<const clang::FunctionDecl *, Functions> called_;
	std::set<const clang::FunctionDecl *> quiet_; // they, and all that they call, never sleep
	std::map<const clang::FunctionDecl *, WayToSleep> ways_;
};

} // namespace kcxx::lint
