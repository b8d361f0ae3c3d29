// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The JSON documents kcxx writes for programs. Keys stay; new ones may come.
#pragma once

#include "boot/report.hpp"
#include "kernels/build.hpp"
#include "kernels/fetch.hpp"
#include "kernels/kernel.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** {"kernels": [{release, series, arch, compiler, origin, build, image, modules}]}, null: not
 * there. */
std::string to_json(const std::vector<Kernel> &kernels);

/** One of those kernels, and "downloaded". */
std::string to_json(const Fetched &fetched);

/** One of those kernels, and "built". */
std::string to_json(const Built &built);

/** {verdict, status, release, duration_s, findings, modules, script, log}. */
std::string to_json(const GuestReport &report, const std::vector<Finding> &findings);

/** {verdict, status, error: {what, found, needed, type}}: nothing was done. */
std::string to_json(const Error &error);

} // namespace kcxx
