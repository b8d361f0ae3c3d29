// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Whether a kernel would take the signature of a module, or that it has none.
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
 * Holds @signature, that of the module whose content is @file, against the certificates @trusted
 * and the one of @kernel's own key, where its build directory has that. If any are @trusted, a
 * module that no key signed is refused; else only what the kernel would not load in any case.
 */
std::vector<Problem> check_signature(std::optional<Signature> &signature, std::string_view file,
				     const TargetKernel *kernel,
				     const std::vector<Certificate> &trusted);

} // namespace kcxx
