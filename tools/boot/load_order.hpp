// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Which module has to be loaded before which.
#pragma once

#include "module/module_file.hpp"

#include <filesystem>
#include <vector>

namespace kcxx
{

/**
 * @modules and the modules of the kernel's own tree @tree (may be empty) that they depend on, each
 * after those it needs: by modinfo's depends=, and by symbols where that names nobody (modpost knew
 * nothing of the exporting module). Otherwise in the order given. Errors are of status input: a
 * dependency that is nowhere, or a cycle.
 */
Result<std::vector<ModuleFile>> load_order(std::vector<ModuleFile> modules,
					   const std::filesystem::path &tree);

} // namespace kcxx
