// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where an expression stands.
#pragma once

#include "convert/conversion.hpp"

namespace kcxx::convert
{

/** Whether @expression is a statement by itself, or the step of a loop: its value is not used. */
bool is_statement(const clang::Expr &expression, const Parents &parents);

} // namespace kcxx::convert
