// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Functions of the library that keep a lambda, which runs later.
#pragma once

#include "lint/lint.hpp"

#include <array>
#include <clang/AST/Expr.h>
#include <optional>

namespace kcxx::lint
{

/** The classes that keep a lambda, and call it later */
inline constexpr std::array<llvm::StringRef, 6> lambda_keepers = {
	"KThread", "WorkQueue", "Closure", "RebootNotifier", "PanicNotifier", "SysOffHandler"};

enum class Keeper {
	queue,  // it runs when it runs
	object, // it has ended when the object that the call returns has ended
};

/** Returns what keeps the lambda that @call is given: a thread, a timer, a notifier; or none. */
std::optional<Keeper> keeper_of(Lint &lint, const clang::CallExpr &call);

} // namespace kcxx::lint
