// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The programs of a kernel directory that run on the machine that builds: fixdep, modpost, objtool.
#pragma once

#include "kernels/apt.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace kcxx
{

/**
 * The package of host programs for @native_arch in place of @dependency, which the headers of
 * another arch or suite ask for: of the same version if there is one, else the newest of its
 * series. Error: unavailable.
 */
Result<Package> find_host_programs(Apt &apt, const std::string &dependency,
				   std::string_view native_arch);

/** Lets the headers unpacked in @root find @package's programs under the name of @dependency. */
Result<void> link_host_programs(const std::filesystem::path &root, const Package &package,
				const std::string &dependency);

} // namespace kcxx
