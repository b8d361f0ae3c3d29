// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Checks whether a kernel accepts the type information (BTF) in a module.
#pragma once

#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"
#include "module/module_elf.hpp"

#include <string_view>
#include <vector>

namespace kcxx
{

/** Checks .BTF of @module, which was built for @release, against @kernel. */
std::vector<Problem> check_btf(const ModuleElf &module, std::string_view release,
			       const TargetKernel &kernel);

} // namespace kcxx
