// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The programs of a kernel directory that run on the build machine: fixdep, modpost, objtool.
#pragma once

#include "kernels/apt.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Returns the package of host programs for @native_arch that replaces @dependency, a dependency of
 * headers for another arch or suite: the one of the same version, else the newest of its series.
 * Error: unavailable.
 */
Result<Package> find_host_programs(Apt &apt, const std::string &dependency,
				   std::string_view native_arch);

/** Links the name of @dependency to @package's programs for the headers unpacked in @root. */
Result<void> link_host_programs(const std::filesystem::path &root, const Package &package,
				const std::string &dependency);

} // namespace kcxx
