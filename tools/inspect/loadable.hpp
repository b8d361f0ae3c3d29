// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Checks whether a kernel would load a module: the checks of the kernel's own loader, in its order.
#pragma once

#include "inspect/linkage.hpp"
#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"
#include "module/modinfo.hpp"

#include <unordered_map>
#include <vector>

namespace kcxx
{

/** The exports of the modules that are loaded together. */
using GivenExports = std::unordered_map<std::string, Export>;

struct Candidate {
	const Modinfo &modinfo; // NOLINT(*-ref-data-members): lives within one call
	const Linkage &linkage; // NOLINT(*-ref-data-members)
};

/** Returns the export of the symbol @name by a given module or the kernel; nullptr if there is
 * none. */
const Export *find_export(const std::string &name, const TargetKernel &kernel,
			  const GivenExports &given);

/** Returns the reasons why @kernel would not load @module, and warnings. */
std::vector<Problem> check_loadable(const Candidate &module, const TargetKernel &kernel,
				    const GivenExports &given);

/** Returns whether the kernel lets modules of @licence use GPL-only symbols. */
bool gpl_compatible(std::string_view licence);

} // namespace kcxx
