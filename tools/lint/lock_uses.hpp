// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The locks that a function takes and holds, and what it waits for meanwhile.
#pragma once

#include "lint/callables.hpp"
#include "lint/guarded_calls.hpp"
#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <map>
#include <optional>
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
	const clang::FunctionDecl *caller = nullptr;
	std::vector<clang::QualType> guards; // the types of those that are held, perhaps
};

/** The locks that a function takes and the ends that it waits for, also in functions that it calls
 */
struct LockUse {
	std::set<ObjectPath> taken;
	std::set<ObjectPath> waited_for;

	void add(const LockUse &other);
};

/**
 * A call of a function that a parameter has, in the function with the parameter or in one that it
 * calls. The names are those of the function with the parameter.
 */
struct CallbackCall {
	const clang::ParmVarDecl *parameter = nullptr;
	std::set<ObjectPath> held; // locks
	std::vector<std::optional<ObjectPath>> arguments;

	auto operator<=>(const CallbackCall &) const = default;
};

/** The locks of a function that a caller gives to another one, and those held where it is called.
 */
struct GivenCall {
	std::set<ObjectPath> held;
	LockUse use;
};

/** Returns those of @objects that have a name by @rename, by these names. */
std::set<ObjectPath>
renamed(const std::set<ObjectPath> &objects,
	llvm::function_ref<std::optional<ObjectPath>(const ObjectPath &)> rename);

/** Looks into functions whose bodies are in this source, into each once. */
class LockUses
{
public:
	LockUses(Lint &lint, Callables &callables) : lint_(lint), callables_(callables) {}

	const std::vector<LockStep> &steps_of(const clang::FunctionDecl &function);

	/** Returns what @function does, by its own names. */
	const LockUse &of(const clang::FunctionDecl &function);

	/** Returns what @step does, by the names of the function that has it. */
	LockUse of(const LockStep &step);

	using Functions = std::vector<const clang::FunctionDecl *>;
	/** Returns the functions, as they are defined, that @step may run. */
	Functions targets_of(const LockStep &step);

	/** Returns what the lambdas do that @step gives to functions of the user's. */
	std::vector<GivenCall> given_calls(const LockStep &step);

private:
	struct ArgumentCall {
		const clang::Expr *argument = nullptr;
		CallbackCall call;
	};

	LockUse given_to(const clang::CallExpr &call);
	LockUse of_callback(const clang::FunctionDecl &lambda, const CallbackCall &call);
	const std::set<CallbackCall> &callback_calls(const clang::FunctionDecl &function);
	void add_callback_calls(const LockStep &step, std::set<CallbackCall> &calls);
	void add_outer_calls(const clang::FunctionDecl &lambda, const std::set<ObjectPath> &held,
			     std::set<CallbackCall> &calls);
	void add_calls_of_library(const LockStep &step, std::set<CallbackCall> &calls);
	std::vector<ArgumentCall> calls_of_arguments(const LockStep &step);

	Lint &lint_;
	Callables &callables_;
	std::map<const clang::FunctionDecl *, std::vector<LockStep>> steps_;
	std::map<const clang::FunctionDecl *, LockUse> uses_;
	std::map<const clang::FunctionDecl *, std::set<CallbackCall>> callback_calls_;
};

} // namespace kcxx::lint
