// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The parts of a loop, of each kind of loop.
#pragma once

#include <clang/AST/StmtCXX.h>

namespace kcxx::lint
{

/** A part that the loop does not have is null. */
struct Loop {
	const clang::Stmt *init = nullptr;
	const clang::Stmt *declared = nullptr; // in the condition, anew for each step
	const clang::Expr *condition = nullptr;
	const clang::Expr *step = nullptr;
	const clang::Stmt *body = nullptr;
};

/** Returns the parts of @node: a for, while or do statement. */
Loop loop_of(const clang::Stmt &node);

} // namespace kcxx::lint
