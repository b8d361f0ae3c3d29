// SPDX-License-Identifier: GPL-2.0-only OR MIT
#pragma once

#include "lint/finding.hpp"

namespace kcxx::lint
{

/** Writes the findings to stderr, for people. */
void print(const std::vector<Finding> &findings);

/** Writes the findings and the blocks to stdout, for kcxx: a line of JSON each. */
void print_lines(const Results &results);

} // namespace kcxx::lint
