// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Mitigations that a kernel was built with and a module lacks.
#pragma once

#include "inspect/mitigations.hpp"
#include "inspect/problem.hpp"
#include "inspect/target_kernel.hpp"

#include <vector>

namespace kcxx
{

/** A warning for each of @mitigations that @kernel's own code has, and the module surely lacks. */
std::vector<Problem> check_mitigations(const std::vector<Mitigation> &mitigations,
				       const TargetKernel &kernel);

} // namespace kcxx
