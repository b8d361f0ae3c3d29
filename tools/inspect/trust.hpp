// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Checks whether a kernel accepts the signature of a module, or its absence.
#pragma once

#include "inspect/problem.hpp"
#include "inspect/signature.hpp"
#include "inspect/target_kernel.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kcxx
{

/**
 * Verifies @signature, that of the module with the content @file, with the certificates @trusted
 * and the one of @kernel's own key, if its build directory has that. If @trusted is not empty,
 * refuses a module that none of the keys signed; otherwise refuses only a module that the kernel
 * would not load.
 */
std::vector<Problem> check_signature(std::optional<Signature> &signature, std::string_view file,
				     const TargetKernel *kernel,
				     const std::vector<Certificate> &trusted);

} // namespace kcxx
