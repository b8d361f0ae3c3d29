// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The classes that keep a task from sleeping, and the functions that are declared to sleep.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>

namespace kcxx::lint
{

/** How long an object keeps the task from sleeping. */
enum class GuardKind {
	none,
	whole, // as long as it lives
	tried, // if it is true
};

/** Returns what an object of @type is. */
GuardKind guard_kind(Lint &lint, clang::QualType type);

/** Returns the same of a guard of any lock, also of one whose holder may sleep. */
GuardKind lock_guard_kind(Lint &lint, clang::QualType type);

/** Returns whether an object of @type gives data until it ends: a guard, an Access, a ThisCpu. */
bool lends_data(Lint &lint, clang::QualType type);

/** Returns what the words of KCXX_MAY_SLEEP, or of the kernel's bindings, say of @function. */
enum class Declared {
	nothing,
	sleeps,
	never_sleeps,
};
Declared declared(const clang::FunctionDecl &function);

/** Returns whether @declaration, as of a pointer to a function, has KCXX_NEVER_SLEEPS. */
bool is_declared_quiet(const clang::Decl &declaration);

/** Returns whether @function promises not to sleep, by itself or by what it overrides. */
bool must_not_sleep(const clang::FunctionDecl &function);

} // namespace kcxx::lint
