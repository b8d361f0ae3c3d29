// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/project.hpp"

#include "system/file.hpp"

namespace kcxx::matrix
{

namespace fs = std::filesystem;

fs::path kbuild_file(const fs::path &directory)
{
	std::error_code error;
	for (const char *name : {"Kbuild", "Makefile"}) // the kernel's order
		if (fs::is_regular_file(directory / name, error))
			if (const auto text = read_file(directory / name);
			    text && text->contains("obj-m"))
				return directory / name;
	return {};
}

Result<Project> find_project(const fs::path &directory)
{
	std::error_code error;
	auto whole = fs::canonical(directory, error);
	if (error || !fs::is_directory(whole, error))
		return std::unexpected(Error{.status = ExitStatus::usage,
					     .what = "no such project",
					     .found = "no directory " + directory.string(),
					     .needed = "the directory of a project of modules",
					     .fix = "kcxx matrix DIRECTORY"});
	const auto project = [&](BuildSystem build) {
		return Project{.directory = whole, .name = whole.filename(), .build = build};
	};
	if (fs::is_regular_file(whole / "CMakeLists.txt", error))
		return project(BuildSystem::cmake);
	if (!kbuild_file(whole).empty())
		return project(BuildSystem::kbuild);
	return std::unexpected(
		Error{.status = ExitStatus::input,
		      .what = "no project of kernel modules in " + whole.string(),
		      .found = "no CMakeLists.txt, and no Kbuild or Makefile with obj-m",
		      .needed = "one of them at the top of the project",
		      .fix = "kcxx matrix DIRECTORY"});
}

} // namespace kcxx::matrix
