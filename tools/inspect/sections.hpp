// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds sections that a module must not have, and its optional ones.
#pragma once

#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"
#include "module/module_elf.hpp"

#include <vector>

namespace kcxx
{

/** Returns the sections and symbols that @kernel does not support; nullptr stands for an unknown
 * kernel. */
std::vector<Problem> check_sections(const ModuleElf &module, const TargetKernel *kernel);

} // namespace kcxx
