// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The names of calls' arguments, and those that one object has in a function and in its caller.
#pragma once

#include "lint/object_path.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <vector>

namespace kcxx::lint
{

/** Returns whether a function can change an object through a parameter of @type. */
bool gives_access(clang::QualType type);

/** Returns whether @function is the body of a lambda, which names objects as its surroundings do.
 */
bool is_of_lambda(const clang::FunctionDecl &function);

/** Returns the object whose member function @call calls; nullptr for a function of none. */
const clang::Expr *object_of(const clang::CallExpr &call);

/** Returns the object that @node converts by a function of its class, as to bool; else nullptr. */
const clang::Expr *converted_object(const clang::Stmt &node);

/** The object that gets a new value, and the expression of it; null of what assigns nothing */
struct Assignment {
	const clang::Expr *object = nullptr;
	const clang::Expr *value = nullptr;
};

/** Returns the assignment that @node is, by = of a number or of a class. */
Assignment assignment_in(const clang::Stmt &node);

/** Returns what @call, of @function, gives to the function's parameter @index; nullptr: nothing. */
const clang::Expr *argument_of(const clang::CallExpr &call, const clang::FunctionDecl &function,
			       unsigned index);

/**
 * Returns the name of the algorithm of std that @call calls, also of one that is an object; empty
 * for any other call.
 */
llvm::StringRef algorithm_name(const clang::CallExpr &call);

/** The use that a function can make of an object which it gets */
enum class Can { change, use };

/**
 * Returns the names by which @function, which @call calls, @can change or use @object, a name of
 * its caller's.
 */
std::vector<ObjectPath> names_within(const clang::FunctionDecl &function,
				     const clang::CallExpr &call, const ObjectPath &object,
				     Can can = Can::change);

/** Returns the caller's name of @object, a name within @function; nothing for a local object. */
std::optional<ObjectPath> name_outside(const clang::FunctionDecl &function,
				       const clang::CallExpr &call, const ObjectPath &object);

} // namespace kcxx::lint
