// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Bytes of user space that are used as a text of C, which ends at a NUL.
#pragma once

#include "lint/user_calls.hpp"

#include <set>

namespace kcxx::lint
{

class UserTexts
{
public:
	UserTexts(Lint &lint, UserCalls &calls, UserNumbers &numbers)
	    : lint_(lint), calls_(calls), numbers_(numbers)
	{
	}

	/** Reports a text in the arguments of a format; notes bytes that @call may end with a NUL.
	 */
	void call(const clang::CallExpr &call);

	/** Reports a std::string_view that @made makes of the address of its first byte alone. */
	void construction(const clang::CXXConstructExpr &made);

	/** Notes that an element of @target gets a value: perhaps the NUL. */
	void assigned(const clang::Expr &target);

private:
	bool is_without_end(const clang::Expr &text);
	void note_variables(const clang::Stmt &node);
	void format(const clang::CallExpr &call);

	Lint &lint_;
	UserCalls &calls_;
	UserNumbers &numbers_;
	std::set<const void *> ended_; // variables that may have a NUL
};

} // namespace kcxx::lint
