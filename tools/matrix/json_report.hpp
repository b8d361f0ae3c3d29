// SPDX-License-Identifier: GPL-2.0-only OR MIT
// matrix.json: the results for programs, and for the next run, which goes on from them.
#pragma once

#include "matrix/model.hpp"
#include "system/error.hpp"

#include <string>

namespace kcxx::matrix
{

/**
 * {format_version, project, kernels, compilers, modules, boots, counts, complete, duration_s,
 * pairs:
 * [{kernel, compiler, cxx, …, cells: [{module, verdict, step, reason, steps: [{step, test, status,
 * duration_s, log, reason, kept, inputs}]}]}]}. Names stay while format_version is 1; new ones may
 * come.
 */
std::string to_json(const Matrix &matrix);

/**
 * Fills @matrix with what the matrix.json in its output directory has of the same pairs; without
 * such a file nothing. An Error if it is of another project.
 */
Result<void> recall(Matrix &matrix);

} // namespace kcxx::matrix
