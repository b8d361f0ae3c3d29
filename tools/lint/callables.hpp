// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The functions that a pointer to a function, a FunctionRef or a virtual call may run.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>
#include <map>
#include <set>
#include <vector>

namespace kcxx::lint
{

/** The functions that one call may run. */
struct Targets {
	std::set<const clang::FunctionDecl *> functions;
	bool is_open = false; // and others, which this source does not show

	auto operator<=>(const Targets &) const = default;

	void add(const Targets &other)
	{
		functions.insert(other.functions.begin(), other.functions.end());
		is_open = is_open || other.is_open;
	}
};

/** The functions that a function was given by its caller, by the parameters that have them. */
using Bindings = std::map<const clang::ValueDecl *, Targets>;

/** Returns whether @type is a pointer or reference to a function, or a FunctionRef. */
bool is_callable(clang::QualType type);

/** Returns whether @function is the call of a FunctionRef. */
bool is_call_of_reference(const clang::FunctionDecl &function);

/**
 * Knows of each variable, parameter and member of one source which functions come into it, on
 * whatever way, and of each virtual function which others override it.
 */
class Callables
{
public:
	explicit Callables(Lint &lint) : lint_(lint) {}

	/** Returns the functions that @expression is, or refers to, where a caller gave @bindings.
	 */
	Targets of(const clang::Expr &expression, const Bindings &bindings);

	/** Returns the functions that @call of no function by its name runs. */
	Targets of_indirect_call(const clang::CallExpr &call, const Bindings &bindings);

	/** Returns @method, if it has a body, and what overrides it in this source. */
	Targets of_virtual(const clang::CXXMethodDecl &method);

	/** Returns what @call, where @outer is bound, gives to the parameters of @function. */
	Bindings given_by(const clang::CallExpr &call, const clang::FunctionDecl &function,
			  const Bindings &outer);

private:
	using Seen = std::set<const clang::Decl *>;
	class Collector;

	void collect();
	Targets resolve(const clang::Expr &expression, const Bindings &bindings, Seen &seen);
	Targets of_call(const clang::CallExpr &call, const Bindings &bindings, Seen &seen);
	Targets of_construction(const clang::CXXConstructExpr &made, const Bindings &bindings,
				Seen &seen);
	Targets of_value(const clang::ValueDecl &value, const Bindings &bindings, Seen &seen);
	Targets returned_by(const clang::FunctionDecl &function, Seen &seen);

	Lint &lint_;
	bool is_collected_ = false;
	std::map<const clang::ValueDecl *, std::vector<const clang::Expr *>> values_;
	std::map<const clang::CXXMethodDecl *, std::set<const clang::CXXMethodDecl *>> overriders_;
};

} // namespace kcxx::lint
