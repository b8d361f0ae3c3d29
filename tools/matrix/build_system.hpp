// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The builder for a project's build system.
#pragma once

#include "matrix/builder.hpp"

#include <memory>

namespace kcxx::matrix
{

std::unique_ptr<Builder> make_builder(const Project &project, BuildSettings settings);

} // namespace kcxx::matrix
