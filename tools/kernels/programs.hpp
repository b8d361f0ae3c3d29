// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The programs and headers that a machine needs to build kernels.
#pragma once

#include "kernels/toolchain.hpp"

namespace kcxx
{

/** Returns an Error, of status unavailable, that names all missing programs and headers. */
Result<void> check_programs(const Architecture &arch, const Toolchain &toolchain);

} // namespace kcxx
