// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The calls by which an object lets its own callbacks run: of a timer, a work, an interrupt, a
// thread, a notifier, a subsystem.
#pragma once

#include "lint/callers.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <string>
#include <vector>

namespace kcxx::lint
{

/** A call behind which a callback may run. */
struct StartedCallback {
	const clang::CallExpr *call;
	std::string name;                                    // tick()
	std::vector<const clang::CXXMethodDecl *> functions; // none of a lambda
	const clang::Stmt *body = nullptr;                   // of a lambda
};

/** Returns the calls in the functions of @record, and of its bases, that start callbacks of *this.
 */
std::vector<StartedCallback> started_callbacks(Lint &lint, LibraryCalls &calls,
					       const clang::CXXRecordDecl &record);

} // namespace kcxx::lint
