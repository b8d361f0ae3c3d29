// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Translates a Kbuild project to CMake.
#pragma once

#include "kernels/kernel.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kcxx::from_kbuild
{

struct CMakeProject {
	std::filesystem::path folder; // absolute
	std::string cmake_lists;
	std::vector<std::string> modules;
	std::vector<std::string> remarks;
};

/** Returns the CMakeLists.txt for the project in @folder, whose makefiles run for @kernel. */
Result<CMakeProject> to_cmake(const std::filesystem::path &folder, const Kernel &kernel,
			      const std::filesystem::path &kbuild);

} // namespace kcxx::from_kbuild
