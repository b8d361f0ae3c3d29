// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/host_programs.hpp"

#include "kernels/debian.hpp"
#include "kernels/kernel.hpp"

#include <fmt/format.h>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

std::string series_in(std::string_view package)
{
	return series_of(package.substr(debian::host_programs.size()));
}

} // namespace

Result<Package> find_host_programs(Apt &apt, const std::string &dependency,
				   std::string_view native_arch)
{
	auto names = TRY(apt.names(debian::host_programs));
	std::erase_if(names, [&](const std::string &name) {
		return series_in(name) != series_in(dependency);
	});
	for (auto &name : names)
		name += fmt::format(":{}", native_arch);
	auto packages = TRY(apt.show(names));
	Package *best = nullptr;
	for (auto &package : packages) {
		if (package.name == dependency)
			return std::move(package);
		if (best != nullptr) {
			const auto newer = TRY(newer_version(package.version, best->version));
			if (!newer)
				continue;
		}
		best = &package;
	}
	if (best != nullptr)
		return std::move(*best);
	return std::unexpected(Error{
		.status = ExitStatus::unavailable,
		.what = fmt::format("no programs to build modules for Linux {} with",
				    series_in(dependency)),
		.found = fmt::format("the package sources of this machine have no {}{} for {}",
				     debian::host_programs, series_in(dependency), native_arch),
		.needed = "modpost and its kin of that series, made for this machine",
		.fix = "take a series that this machine's own distribution has"});
}

Result<void> link_host_programs(const fs::path &root, const Package &package,
				const std::string &dependency)
{
	if (package.name == dependency)
		return {};
	const auto place = root / fmt::format(debian::host_programs_directory, dependency);
	std::error_code error;
	fs::create_directory_symlink(package.name, place, error);
	if (error)
		return std::unexpected(
			Error{.what = "cannot make " + place.string() + ": " + error.message()});
	return {};
}

} // namespace kcxx
