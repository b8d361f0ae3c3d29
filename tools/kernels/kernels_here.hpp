// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The kernels on this machine: those that its distribution installed, and those in the cache.
#pragma once

#include "kernels/kernel.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** Returns the kernels installed under @root and those in the cache, oldest release first. */
Result<std::vector<Kernel>> kernels_here(const std::filesystem::path &root = "/");

/** Returns the first kernel of @release and @arch for which modules can be built. */
std::optional<Kernel> kernel_of_release(std::string_view release, std::string_view arch);

/**
 * Returns the kernel for @arch that @wanted, the value of --kernel, names: a release, a series (its
 * newest kernel) or a build directory.
 */
Result<Kernel> find_kernel(const std::string &wanted, std::string_view arch);

} // namespace kcxx
