// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Would the kernel's loader apply the relocations of a module?
#pragma once

#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"
#include "module/module_elf.hpp"

#include <vector>

namespace kcxx
{

/** Returns why @kernel would not apply the relocations of @module; nullptr: why no kernel would. */
std::vector<Problem> check_relocations(const ModuleElf &module, const TargetKernel *kernel);

} // namespace kcxx
