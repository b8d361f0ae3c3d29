// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Sections that a module must not have, and which of the optional ones it has.
#pragma once

#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"
#include "module/module_elf.hpp"

#include <vector>

namespace kcxx
{

/** The sections and symbols a kernel does not serve; @kernel may be nullptr: unknown. */
std::vector<Problem> check_sections(const ModuleElf &module, const TargetKernel *kernel);

} // namespace kcxx
