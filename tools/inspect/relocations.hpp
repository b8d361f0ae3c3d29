// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Checks whether the kernel's loader would apply the relocations of a module.
#pragma once

#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"
#include "module/module_elf.hpp"

#include <vector>

namespace kcxx
{

/** Returns why @kernel would not apply the relocations of @module; if it is nullptr, why no kernel
 * would. */
std::vector<Problem> check_relocations(const ModuleElf &module, const TargetKernel *kernel);

} // namespace kcxx
