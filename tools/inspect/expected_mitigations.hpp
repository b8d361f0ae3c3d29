// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds mitigations that a kernel was built with and a module lacks.
#pragma once

#include "inspect/mitigations.hpp"
#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"

#include <vector>

namespace kcxx
{

/** Returns a warning for each of @mitigations that @kernel has, and the module certainly lacks. */
std::vector<Problem> check_mitigations(const std::vector<Mitigation> &mitigations,
				       const TargetKernel &kernel);

} // namespace kcxx
