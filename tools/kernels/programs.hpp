// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What has to be on a machine that builds kernels.
#pragma once

#include "kernels/toolchain.hpp"

namespace kcxx
{

/** An Error, of status unavailable, that names all programs and headers that are missing. */
Result<void> check_programs(const KernelArch &arch, const Toolchain &toolchain);

} // namespace kcxx
