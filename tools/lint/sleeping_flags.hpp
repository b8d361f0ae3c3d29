// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The way of GFP_KERNEL from a caller to an allocation, through parameters of type Gfp.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/Decl.h>
#include <clang/AST/Expr.h>
#include <map>
#include <set>

namespace kcxx::lint
{

/** Knows the parameters of the user's functions that get flags with which an allocation sleeps. */
class SleepingFlags
{
public:
	explicit SleepingFlags(Lint &lint) : lint_(lint) {}

	/** Returns whether @call, in @function, gets such flags from a parameter of @function's. */
	[[nodiscard]] bool may_sleep(const clang::CallExpr &call,
				     const clang::FunctionDecl &function);

private:
	class Collector;
	using Parameter = std::pair<const clang::FunctionDecl *, unsigned>;

	void collect();

	Lint &lint_;
	bool is_collected_ = false;
	std::set<Parameter> sleeping_;
	std::map<Parameter, std::set<Parameter>> passed_on_; // by the parameter that is passed
};

} // namespace kcxx::lint
