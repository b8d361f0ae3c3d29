// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The functions that run in an interrupt or a softirq.
#pragma once

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclCXX.h>

namespace kcxx::lint
{

/** Returns whether an interrupt calls @function: a handler, or the function of a hard timer. */
bool runs_in_a_hard_interrupt(clang::ASTContext &ast, const clang::CXXMethodDecl &function);

/** Returns whether a timer calls @function in a softirq. */
bool runs_in_a_softirq(clang::ASTContext &ast, const clang::CXXMethodDecl &function);

} // namespace kcxx::lint
