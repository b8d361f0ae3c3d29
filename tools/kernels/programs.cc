// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/programs.hpp"

#include "system/child.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace kcxx
{

namespace
{

const std::vector<NeededProgram> &of_every_build()
{
	static const std::vector<NeededProgram> programs = {
		{"make", "make"}, {"flex", "flex"},   {"bison", "bison"}, {"bc", "bc"},
		{"tar", "tar"},   {"xz", "xz-utils"}, {"perl", "perl"},
	};
	return programs;
}

struct Header {
	std::string_view name;
	std::string_view package;
	bool for_objtool;
};

constexpr std::array headers = {
	Header{.name = "stdio.h", .package = "libc6-dev", .for_objtool = false},
	Header{.name = "libelf.h", .package = "libelf-dev", .for_objtool = true},
};

bool has_header(const Toolchain &toolchain, std::string_view header)
{
	const auto compiled = run({.argv = {toolchain.host_compiler, "-fsyntax-only", "-x", "c",
					    "-include", std::string(header), "/dev/null"}});
	if (compiled)
		return compiled->status == 0;
	std::error_code error; // there is no compiler to try it with
	return std::filesystem::exists(std::filesystem::path("/usr/include") / header, error);
}

} // namespace

Result<void> check_programs(const Architecture &arch, const Toolchain &toolchain)
{
	std::vector<std::string> missing;
	std::vector<std::string> packages;
	const auto miss = [&](std::string_view name, std::string_view package) {
		missing.emplace_back(name);
		if (std::ranges::find(packages, package) == packages.end())
			packages.emplace_back(package);
	};
	for (const auto &list : {of_every_build(), toolchain.programs})
		for (const auto &program : list)
			if (find_program(program.name).empty())
				miss(program.name, program.package);
	for (const auto &header : headers)
		if ((!header.for_objtool || arch.has_objtool) &&
		    !has_header(toolchain, header.name))
			miss(header.name, header.package);
	if (missing.empty())
		return {};
	return std::unexpected(
		Error{.status = ExitStatus::unavailable,
		      .what = fmt::format("programs that a kernel for {} is built with are missing",
					  arch.name),
		      .found = fmt::format("no {}", fmt::join(missing, ", no ")),
		      .needed = fmt::format("a kernel's usual build tools, and {}", toolchain.name),
		      .fix = fmt::format("apt install {}", fmt::join(packages, " "))});
}

} // namespace kcxx
