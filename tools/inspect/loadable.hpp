// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Would this kernel load this module? The checks of the kernel's own loader, in its order.
#pragma once

#include "inspect/linkage.hpp"
#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"
#include "module/modinfo.hpp"

#include <unordered_map>
#include <vector>

namespace kcxx
{

/** What the modules that are loaded together export. */
using GivenExports = std::unordered_map<std::string, Export>;

struct Candidate {
	const Modinfo &modinfo; // NOLINT(*-ref-data-members): lives within one call
	const Linkage &linkage; // NOLINT(*-ref-data-members)
};

/** Where the symbol @name comes from: a given module or the kernel; nullptr: from nowhere. */
const Export *find_export(const std::string &name, const TargetKernel &kernel,
			  const GivenExports &given);

/** Why @kernel would not load @module, or what is to be known. */
std::vector<Problem> check_loadable(const Candidate &module, const TargetKernel &kernel,
				    const GivenExports &given);

/** Whether the kernel takes @licence for one that may use GPL-only symbols. */
bool gpl_compatible(std::string_view licence);

} // namespace kcxx
