// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Builds modules again, for a kernel that finds errors: KASAN or KCSAN, lockdep, kmemleak and
// others.
#pragma once

#include "kernels/cache.hpp"
#include "module/module_file.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kcxx
{

struct DebugOptions {
	std::string sanitizer; // of the kernel; empty: no kernel with debugging
	std::string compiler;  // of the kernel and the modules; empty: the newest Clang
	std::vector<std::filesystem::path> fragments; // of the kernel's configuration
};

struct DebugBuild {
	Kernel kernel;
	std::vector<std::string> modules; // their files, in the order of the given ones
};

/**
 * Returns the kernel with debugging of the series and architecture of @modules, which it builds if
 * the cache does not have it, and @modules built for it from their projects' sources. A module that
 * is for this kernel already is taken as it is. Errors: those of build_kernel(); input: the sources
 * of a module are not found, or do not build.
 */
Result<DebugBuild> build_for_debugging(const Cache &cache, const std::vector<ModuleFile> &modules,
				       const DebugOptions &options);

} // namespace kcxx
