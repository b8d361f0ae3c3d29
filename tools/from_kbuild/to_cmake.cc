// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/to_cmake.hpp"

#include "architecture.hpp"
#include "from_kbuild/cmake_lists.hpp"
#include "from_kbuild/dkms_conf.hpp"
#include "from_kbuild/own_build.hpp"
#include "from_kbuild/project.hpp"
#include "from_kbuild/scripts.hpp"
#include "from_kbuild/working_copy.hpp"
#include "starter/names.hpp"
#include "starter/project.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace kcxx::from_kbuild
{

namespace fs = std::filesystem;

namespace
{

Result<fs::path> find_project(const fs::path &folder)
{
	std::error_code error;
	auto whole = fs::absolute(folder, error).lexically_normal(); // keeps the name of a link
	if (!whole.has_filename())
		whole = whole.parent_path();
	if (!fs::is_directory(whole, error))
		return std::unexpected(Error{.status = ExitStatus::usage,
					     .what = "no such project",
					     .found = "no directory " + folder.string(),
					     .needed = "the folder of a Kbuild file or Makefile",
					     .fix = "kcxx new --from DIRECTORY"});
	if (whole.string().find_first_of(" \t:%#$'") != std::string::npos)
		return std::unexpected(
			Error{.status = ExitStatus::input,
			      .what = "Kbuild cannot work in this path",
			      .found = "'" + whole.string() + "'",
			      .needed = "a path without spaces, colons and the characters % # $ '",
			      .fix = "mv or ln -s it to such a path, and kcxx new --from there"});
	return whole;
}

std::string machine_of(const Kernel &kernel)
{
	const auto *const arch =
		find_architecture<std::string_view>(&Architecture::name, kernel.arch);
	return arch != nullptr ? std::string(arch->uname) : kernel.arch;
}

// Reads dkms.conf for other kernels: values that differ depend on the kernel.
void compare_kernels(const DkmsConf::Place &place, Project &project)
{
	for (const char *release : {"2.6.32", "99.0.0"}) {
		auto other = place;
		other.release = release;
		const auto conf = DkmsConf::read(other);
		if (!conf)
			continue;
		auto names = conf->differences(*project.dkms);
		std::erase(names, "MAKE"); // MAKE mostly names the release
		std::erase_if(names, [&](const auto &name) {
			return project.dkms_with_names->list(name) != project.dkms->list(name);
		});
		if (!names.empty())
			project.remarks.push_back(
				fmt::format("dkms.conf: {} other for Linux {}: a condition, of "
					    "which the branch for {} "
					    "was taken",
					    fmt::join(names, ", "), release, project.release));
	}
}

Result<void> read_dkms_conf(DkmsConf::Place place, std::optional<DkmsConf> &conf,
			    std::optional<DkmsConf> &with_names)
{
	std::error_code error;
	if (!fs::exists(place.project / "dkms.conf", error))
		return {};
	TRY(write_file(place.reader, dkms_conf_reader()));
	const auto &read = conf.emplace(TRY(DkmsConf::read(place)));
	// MAKE may name the folder in which DKMS builds.
	const auto build =
		place.tree / read.first("PACKAGE_NAME") / read.first("PACKAGE_VERSION") / "build";
	fs::create_directories(build.parent_path(), error);
	fs::create_directory_symlink(place.project, build, error);
	place.release = "$kernelver";
	place.machine = "$arch";
	if (auto names = DkmsConf::read(place))
		with_names = std::move(*names);
	return {};
}

// Each module is a target: refuses names that two modules share, or that CMake or Kbuild reserves.
Result<void> check_names(const Project &project)
{
	for (const auto &module : project.modules) {
		if (std::ranges::count(project.modules, module.name, &Module::name) > 1)
			return std::unexpected(
				Error{.status = ExitStatus::input,
				      .what = "two modules have one name",
				      .found = module.name + ", in two folders",
				      .needed = "a name each: the kernel loads one of a name",
				      .fix = "kcxx new --from <one of the folders>"});
		auto named = starter::check_name({.name = module.name, .kind = {}, .kbuild = {}});
		if (named)
			continue;
		named.error().status = ExitStatus::input;
		named.error().fix =
			fmt::format("obj-m := my_{}.o in its makefile, and the like", module.name);
		return named;
	}
	return {};
}

} // namespace

Result<CMakeProject> to_cmake(const fs::path &folder, const Kernel &kernel, const fs::path &kbuild)
{
	const auto original = TRY(find_project(folder));
	const auto copy = TRY(WorkingCopy::make(original));
	const DkmsConf::Place place{.reader = copy.own() / "read-dkms-conf.bash",
				    .project = copy.project(),
				    .release = kernel.release,
				    .machine = machine_of(kernel),
				    .kernel = kernel.build,
				    .tree = copy.own() / "dkms"};
	std::optional<DkmsConf> dkms;
	std::optional<DkmsConf> with_names;
	TRY(read_dkms_conf(place, dkms, with_names));
	const auto build = TRY(build_itself(copy, kernel, kbuild, dkms));
	auto project = TRY(to_project(build, copy, kernel, original));
	TRY(check_names(project));
	project.dkms = std::move(dkms);
	project.dkms_with_names = std::move(with_names);
	if (project.dkms) {
		project.files.emplace_back("dkms.conf");
		compare_kernels(place, project);
	}
	CMakeProject result{.folder = original};
	result.cmake_lists = cmake_lists(project, original);
	for (const auto &module : project.modules)
		result.modules.push_back(module.name);
	result.remarks = std::move(project.remarks);
	return result;
}

} // namespace kcxx::from_kbuild
