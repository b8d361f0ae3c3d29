// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where a container or an owner goes that is moved from, with its elements.
#pragma once

#include "lint/lint.hpp"
#include "lint/object_path.hpp"

#include <clang/AST/ExprCXX.h>
#include <optional>

namespace kcxx::lint
{

/** The end or the new owner of elements whose container is moved from */
struct Moved {
	enum class Where {
		stay,      // nothing takes them
		at_owner,  // another object of this function has them
		end,       // a function takes them, and ends them
		elsewhere, // they may live, or not
	};

	Where where = Where::stay;
	ObjectPath from = {};
	ObjectPath owner = {}; // for at_owner
};

/**
 * Returns what becomes of the elements of the container that @node, a call of std::move() or the
 * assignment of one, is about; nothing where @node moves no elements.
 */
Moved moved_by(Lint &lint, const clang::CallExpr &node);

} // namespace kcxx::lint
