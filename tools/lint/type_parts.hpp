// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The parts that objects of a type consist of.
#pragma once

#include "lint/lint.hpp"

#include <clang/AST/Type.h>

namespace kcxx::lint
{

/** Returns whether an object of @type has a pointer or a reference. */
bool has_pointer(clang::QualType type);

/**
 * Returns whether an object of @type, or a part of it, is a number or a pointer, which nothing
 * orders for several users. Classes of the library order theirs.
 */
bool is_plain(Lint &lint, clang::QualType type);

} // namespace kcxx::lint
