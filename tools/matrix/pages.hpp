// SPDX-License-Identifier: GPL-2.0-only OR MIT
// matrix.html for people and matrix.xml (JUnit) for CI servers: templates filled with one view.
#pragma once

#include "matrix/model.hpp"

#include <string>

namespace kcxx::matrix
{

/** One page that needs nothing else: no script, no other file. */
std::string to_html(const Matrix &matrix);

/** A <testsuite> for each pair, a <testcase> for each cell. */
std::string to_junit(const Matrix &matrix);

} // namespace kcxx::matrix
