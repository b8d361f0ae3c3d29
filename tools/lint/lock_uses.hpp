// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The locks that a function takes and holds, and what it waits for meanwhile.
#pragma once

#include "lint/guarded_calls.hpp"
#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <map>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** A call of a function, and what it means for locks. The names are those of the function. */
struct LockStep {
	enum class Kind {
		other,     // a function of the user's, which may take or wait
		takes,     // waits for the lock @object, and takes it
		waits,     // waits for the callback or the completion @object
		completes, // the completion @object
	} kind = Kind::other;

	Called call;
	ObjectPath object;
	std::set<ObjectPath> held; // locks
};

/** The locks that a function takes and the ends that it waits for, also in functions that it calls
 */
struct LockUse {
	std::set<ObjectPath> taken;
	std::set<ObjectPath> waited_for;

	void add(const LockUse &other);
};

/** Looks into functions whose bodies are in this source, into each once. */
class LockUses
{
public:
	explicit LockUses(Lint &lint) : lint_(lint) {}

	const std::vector<LockStep> &steps_of(const clang::FunctionDecl &function);

	/** Returns what @function does, by its own names. */
	const LockUse &of(const clang::FunctionDecl &function);

	/** Returns what @step does, by the names of the function that has it. */
	LockUse of(const LockStep &step);

private:
	LockUse given_to(const clang::CallExpr &call);

	Lint &lint_;
	std::map<const clang::FunctionDecl *, std::vector<LockStep>> steps_;
	std::map<const clang::FunctionDecl *, LockUse> uses_;
};

} // namespace kcxx::lint
