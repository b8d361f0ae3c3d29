// SPDX-License-Identifier: GPL-2.0-only OR MIT
// matrix.json: the results for programs, and for the next run, which continues from them.
#pragma once

#include "matrix/json_text.hpp"
#include "matrix/model.hpp"
#include "system/error.hpp"

#include <string>

namespace kcxx::matrix
{

/**
 * {format_version, project, kernels, compilers, modules, boots, counts, complete, duration_s,
 * pairs:
 * [{kernel, compiler, cxx, …, cells: [{module, verdict, step, reason, steps: [{step, test, status,
 * duration_s, log, reason, kept, inputs}]}]}]}. Names stay while format_version is 1; later
 * versions may add some.
 */
std::string to_json(const Matrix &matrix);

/** Returns the element of pairs. */
Json to_document(const Pair &pair);

/** Fills @pair with the results of @document, which to_document() made of a pair that had ended.
 * Throws Json::exception if it is none. */
void restore(Pair &pair, const Json &document);

/**
 * Fills @matrix with the results for the same pairs from the matrix.json in its output directory.
 * Does nothing without such a file. Returns an Error if it belongs to another project.
 */
Result<void> recall(Matrix &matrix);

} // namespace kcxx::matrix
