// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The text report of an inspection, for people: the verdict, all problems, and the rest within 80
// columns.
#pragma once

#include "inspect/inspection.hpp"

namespace kcxx
{

/** Writes @module to stdout. */
void print(const Inspection &module);

} // namespace kcxx
