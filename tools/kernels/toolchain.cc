// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/toolchain.hpp"

#include "kernels/kernel.hpp"
#include "system/child.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fmt/core.h>
#include <ranges>
#include <set>

namespace kcxx
{

namespace fs = std::filesystem;

namespace
{

constexpr std::array llvm_tools = {"llvm-ar",      "llvm-nm",      "llvm-objcopy",
				   "llvm-objdump", "llvm-readelf", "llvm-strip"};
constexpr std::array gnu_tools = {"ld", "ar", "nm", "objcopy", "objdump", "readelf", "strip"};
constexpr std::string_view default_version = "-19"; // named in errors if there is no Clang

// Returns LLVM of @version: "-19", or empty for the unnumbered one.
Toolchain llvm(std::string_view version)
{
	const auto versioned = [&](std::string_view name) {
		return fmt::format("{}{}", name, version);
	};
	Toolchain toolchain{
		.name = versioned("clang"),
		.family = "clang",
		.host_compiler = versioned("clang"),
		// LLVM's compilers and tools serve all arches and the host, without GCC and
		// binutils.
		.make_arguments = {fmt::format("LLVM={}", version.empty() ? "1" : version),
				   "LLVM_IAS=1", "CROSS_COMPILE="},
		.programs = {{versioned("clang"), versioned("clang")},
			     {versioned("ld.lld"), versioned("lld")}},
	};
	for (const auto *tool : llvm_tools)
		toolchain.programs.push_back({versioned(tool), versioned("llvm")});
	return toolchain;
}

// Returns the suffix of the packages of @arch's GNU tools: "-x86-64-linux-gnu".
std::string package_suffix(const Architecture &arch)
{
	auto suffix = "-" + std::string(arch.gnu.substr(0, arch.gnu.size() - 1));
	std::ranges::replace(suffix, '_', '-');
	return suffix;
}

Toolchain gnu(const Architecture &arch, std::string_view version)
{
	const bool native = arch.name == native_arch();
	const auto prefix = native ? std::string_view() : arch.gnu;
	const auto suffix = native ? std::string() : package_suffix(arch);
	const auto compiler = fmt::format("{}gcc{}", prefix, version);
	const auto host = native ? compiler : std::string("gcc");
	Toolchain toolchain{
		.name = fmt::format("gcc{}", version),
		.family = "gcc",
		.host_compiler = host,
		.make_arguments = {fmt::format("CC={}", compiler), fmt::format("HOSTCC={}", host),
				   fmt::format("CROSS_COMPILE={}", prefix), "LLVM="},
		.programs = {{compiler, fmt::format("gcc{}{}", version, suffix)}},
	};
	if (!native)
		toolchain.programs.push_back({host, "gcc"});
	for (const auto *tool : gnu_tools)
		toolchain.programs.push_back(
			{fmt::format("{}{}", prefix, tool), fmt::format("binutils{}", suffix)});
	return toolchain;
}

size_t count_missing(const Toolchain &toolchain)
{
	return static_cast<size_t>(
		std::ranges::count_if(toolchain.programs, [](const NeededProgram &program) {
			return find_program(program.name).empty();
		}));
}

// Returns the numbers N of all programs clang-N in PATH, the highest first.
std::set<int, std::greater<>> clang_versions()
{
	constexpr std::string_view prefix = "clang-";
	std::set<int, std::greater<>> versions;
	const char *path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): one thread
	std::error_code error;
	for (const auto part :
	     std::views::split(std::string_view(path != nullptr ? path : ""), ':'))
		for (const auto &entry :
		     fs::directory_iterator(fs::path(std::string_view(part)), error)) {
			const auto name = entry.path().filename().string();
			int version = 0;
			if (!name.starts_with(prefix))
				continue;
			const char *end = name.data() + name.size();
			const auto read =
				std::from_chars(name.data() + prefix.size(), end, version);
			if (read.ec == std::errc() && read.ptr == end)
				versions.insert(version);
		}
	return versions;
}

Toolchain newest_llvm()
{
	std::vector<Toolchain> installed;
	for (const int version : clang_versions())
		installed.push_back(llvm(fmt::format("-{}", version)));
	if (!find_program("clang").empty())
		installed.push_back(llvm(""));
	if (installed.empty())
		return llvm(default_version);
	return *std::ranges::min_element(installed, {}, count_missing); // the first of several
}

} // namespace

Result<Toolchain> choose_toolchain(const Architecture &arch, std::string_view asked)
{
	if (asked.empty())
		return newest_llvm();
	const auto dash = std::min(asked.find('-'), asked.size());
	const auto family = asked.substr(0, dash);
	const auto version = asked.substr(dash);
	const bool numbered =
		version.empty() ||
		(version.size() > 1 && std::ranges::all_of(version.substr(1), [](unsigned char c) {
			 return std::isdigit(c) != 0;
		 }));
	if (numbered && family == "clang")
		return llvm(version);
	if (numbered && family == "gcc")
		return gnu(arch, version);
	return std::unexpected(
		Error{.status = ExitStatus::usage,
		      .what = fmt::format("\"{}\" names no compiler that builds kernels", asked),
		      .needed = "clang or gcc, or with a version: clang-19, gcc-12"});
}

Result<std::string> compiler_version(const Toolchain &toolchain)
{
	const auto finished = TRY(run({.argv = {toolchain.programs.front().name, "--version"}}));
	return finished.output.substr(0, finished.output.find('\n'));
}

} // namespace kcxx
