// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The JSON documents that kcxx writes for programs. Keys stay; later versions may add some.
#pragma once

#include "boot/report.hpp"
#include "kernels/build.hpp"
#include "kernels/fetch.hpp"
#include "kernels/kernel.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** {"kernels": [{release, series, arch, compiler, origin, build, image, modules}]}; null: missing.
 */
std::string to_json(const std::vector<Kernel> &kernels);

/** The keys of one kernel, and "downloaded". */
std::string to_json(const Fetched &fetched);

/** The keys of one kernel, and "built". */
std::string to_json(const Built &built);

/** {verdict, status, release, duration_s, findings, modules, script, log}. */
std::string to_json(const GuestReport &report, const std::vector<Finding> &findings);

/** {verdict, status, error: {what, found, needed, type}}, if nothing was done. */
std::string to_json(const Error &error);

} // namespace kcxx
