// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/project_of_module.hpp"

#include "architecture.hpp"
#include "matrix/project.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <ranges>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

struct CacheEntry {
	std::string_view name;
	std::string_view type;
	std::string_view value;
};

// Reads "NAME:TYPE=VALUE".
std::optional<CacheEntry> read_entry(std::string_view line)
{
	const auto colon = line.find(':');
	const auto equals = line.find('=', colon);
	if (line.starts_with('#') || line.starts_with("//") || equals == std::string_view::npos)
		return std::nullopt;
	return CacheEntry{.name = line.substr(0, colon),
			  .type = line.substr(colon + 1, equals - colon - 1),
			  .value = line.substr(equals + 1)};
}

// Returns whether @file is one of kcxx's own, of any installation. It chooses a family of compilers
// for the kernel that the project was configured for; the kernel with debugging has its own.
bool is_own_toolchain(const fs::path &file)
{
	std::error_code error;
	const auto stem = file.stem().string();
	const auto family = stem.substr(stem.find('-') + 1);
	return fs::exists(file.parent_path() / fmt::format("find-{}.cmake", family), error) &&
	       std::ranges::any_of(architectures, [&](const Architecture &arch) {
		       return stem == fmt::format("{}-{}", arch.name, family);
	       });
}

// Returns whether the user may have chosen the value, for any kernel.
bool is_chosen(const CacheEntry &entry)
{
	constexpr std::array<std::string_view, 4> of_the_kernel = {
		"KCXX_KERNEL", "KCXX_CXX_COMPILER", "KCXX_C_COMPILER", "KCXX_PROGRAM"};
	constexpr std::array<std::string_view, 3> of_cmake = {
		"CMAKE_BUILD_TYPE", "CMAKE_PREFIX_PATH", "CMAKE_TOOLCHAIN_FILE"};
	if (entry.type == "INTERNAL" || entry.type == "STATIC" || entry.value.empty())
		return false;
	if (entry.name == "CMAKE_TOOLCHAIN_FILE" && is_own_toolchain(entry.value))
		return false;
	if (entry.name.starts_with("CMAKE_"))
		return std::ranges::count(of_cmake, entry.name) != 0;
	return std::ranges::count(of_the_kernel, entry.name) == 0;
}

std::optional<BuiltProject> project_of_cmake(const fs::path &build)
{
	const auto cache = read_file(build / "CMakeCache.txt");
	if (!cache)
		return std::nullopt;
	BuiltProject built{.products = build};
	for (const auto line : std::views::split(*cache, '\n')) {
		const auto entry = read_entry(std::string_view(line));
		if (entry && entry->name == "CMAKE_HOME_DIRECTORY")
			built.project = {.directory = fs::path(entry->value),
					 .name = fs::path(entry->value).filename(),
					 .build = BuildSystem::cmake};
		if (entry && is_chosen(*entry))
			built.definitions.push_back(
				fmt::format("{}={}", entry->name, entry->value));
	}
	return built.project.directory.empty() ? std::nullopt : std::optional(built);
}

} // namespace

Result<BuiltProject> project_of_module(const fs::path &file)
{
	std::error_code error;
	const auto whole = fs::canonical(file, error);
	for (auto directory = whole.parent_path(); directory != directory.root_path();
	     directory = directory.parent_path()) {
		if (auto built = project_of_cmake(directory))
			return std::move(*built);
		if (!kbuild_file(directory).empty())
			return BuiltProject{.project = {.directory = directory,
							.name = directory.filename(),
							.build = BuildSystem::kbuild},
					    .products = directory};
	}
	return std::unexpected(
		Error{.status = ExitStatus::input,
		      .what = fmt::format("the sources of {} are not found", file.string()),
		      .found = "no directory above it is CMake's build directory, or has a Kbuild "
			       "or Makefile with obj-m",
		      .needed = "the module where its project's build has put it: it is built "
				"again, for the kernel that finds errors",
		      .fix = "kcxx kernels build --debug <series>, a build for that kernel, and "
			     "kcxx boot --debug with the result"});
}

} // namespace kcxx::matrix
