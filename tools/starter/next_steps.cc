// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "starter/next_steps.hpp"

#include "starter/project.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/core.h>
#include <ranges>
#include <string_view>

namespace kcxx::starter
{

namespace fs = std::filesystem;

namespace
{

bool is_in_path(const fs::path &directory)
{
	const char *path = std::getenv("PATH");
	return std::ranges::any_of(
		std::views::split(std::string_view(path != nullptr ? path : ""), ':'),
		[&](const auto part) {
			return fs::path(part.begin(), part.end()).lexically_normal() == directory;
		});
}

} // namespace

std::string next_steps(const Project &project)
{
	// <prefix>/share/kcxx/kbuild, or the sources of kcxx
	const auto &kbuild = project.kbuild;
	const auto prefix = kbuild.parent_path().parent_path().parent_path();
	const bool is_installed = kbuild == prefix / "share/kcxx/kbuild";
	const bool is_found = is_installed && (prefix == "/usr" || prefix == "/usr/local" ||
					       is_in_path(prefix / "bin"));
	return fmt::format("{0}: a project with the module {0}. Next:\n"
			   "  cd {0}\n"
			   "  cmake -B build{1}\n"
			   "  cmake --build build\n"
			   "  ctest --test-dir build --output-on-failure\n"
			   "Without CMake:\n"
			   "  make -C /lib/modules/$(uname -r)/build M=$PWD{2}\n",
			   project.name,
			   is_installed && !is_found ? " -D CMAKE_PREFIX_PATH=" + prefix.string()
						     : "",
			   is_found ? "" : " KCXX_KBUILD=" + kbuild.string());
}

} // namespace kcxx::starter
