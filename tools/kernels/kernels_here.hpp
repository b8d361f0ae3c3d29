// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The kernels on this machine: installed by its distribution, and in the cache.
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

/** The kernels installed under @root and those in the cache, oldest release first. */
Result<std::vector<Kernel>> kernels_here(const std::filesystem::path &root = "/");

/** The first of them with exactly this @release and @arch that modules can be built for. */
std::optional<Kernel> kernel_of_release(std::string_view release, std::string_view arch);

/**
 * The kernel for @arch that --kernel's value @wanted names: a release, a series (its newest) or a
 * build directory.
 */
Result<Kernel> find_kernel(const std::string &wanted, std::string_view arch);

} // namespace kcxx
