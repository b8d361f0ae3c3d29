// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Sorts modules into the order in which the guest loads them.
#pragma once

#include "module/module_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kcxx
{

/**
 * Returns @modules and the modules of the kernel's own tree @tree (may be empty) that they depend
 * on, each after those it needs. modinfo's depends= decides, or symbols if it names no module
 * (modpost did not know the exporting module). Otherwise the given order stays. Errors, of status
 * input: a dependency is missing, or there is a cycle.
 */
Result<std::vector<ModuleFile>> load_order(std::vector<ModuleFile> modules,
					   const std::filesystem::path &tree);

/**
 * Returns the modules @names of the kernel's own tree @tree (may be empty), with '-' or '_' in
 * their names, but for those in the kernel's image. Error, of status input: one is not there.
 */
Result<std::vector<ModuleFile>> own_modules(const std::vector<std::string> &names,
					    const std::filesystem::path &tree);

} // namespace kcxx
