// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The work of one guest.
#pragma once

#include "module/module_file.hpp"

#include <map>
#include <string>
#include <vector>

namespace kcxx
{

/** Parameters for insmod, by module name, each "key=value". */
using ModuleParameters = std::map<std::string, std::vector<std::string>, std::less<>>;

struct GuestPlan {
	std::vector<ModuleFile> modules; // in load order
	ModuleParameters parameters;
	unsigned rounds = 1; // of loading and unloading the modules
	unsigned cpus = 1;
	std::string sanitizer;    // of a kernel with debugging; empty: the kernel is without it
	bool faults = false;      // let the allocations of the modules fail, each in turn
	unsigned fault_depth = 0; // calls below the modules' code, the kernel's own included
};

/** Returns the path of @module in the guest. */
std::string guest_path(const ModuleFile &module);

/** Returns the arguments of insmod for @module: the file, and the parameters. */
std::string insmod_words(const GuestPlan &plan, const ModuleFile &module);

} // namespace kcxx
