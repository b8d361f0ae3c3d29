// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The lambdas that a call gives to a function, and the parameters that a function calls.
#pragma once

#include <clang/AST/Decl.h>
#include <clang/AST/Expr.h>
#include <vector>

namespace kcxx::lint
{

/** Returns the parameter that @expression names, or moves; nullptr: none. */
const clang::ParmVarDecl *named_parameter(const clang::Expr &expression);

/** Returns the parameter whose function @call calls: visit(n), or by a pointer; nullptr: none. */
const clang::ParmVarDecl *called_parameter(const clang::CallExpr &call);

/** Returns whether @call, of the library's or std's, does not call the lambdas that it gets. */
bool keeps_functions(const clang::CallExpr &call);

/** Returns whether @type is a lambda's, a pointer to a function or a FunctionRef. */
bool is_function_object(clang::QualType type);

/** Returns the functions of the lambda that @argument is: a generic one has one for each type. */
std::vector<const clang::FunctionDecl *> lambda_functions(const clang::Expr &argument);

} // namespace kcxx::lint
