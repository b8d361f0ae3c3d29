// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/choice.hpp"

#include "architecture.hpp"
#include "system/child.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <fnmatch.h>
#include <ranges>

namespace kcxx::matrix
{

namespace fs = std::filesystem;

namespace
{

bool usable(const Kernel &kernel, bool boots)
{
	return !kernel.build.empty() && (!boots || !kernel.image.empty());
}

std::string listing(const std::vector<Kernel> &have)
{
	std::string text;
	for (const auto &kernel : have) {
		text += (text.empty() ? "" : ", ") + kernel.release;
		if (kernel.build.empty())
			text += " (no headers)";
		else if (kernel.image.empty())
			text += " (no image)";
	}
	return text.empty() ? "none" : text;
}

Error no_kernel(std::string what, const std::vector<Kernel> &have)
{
	return {.status = ExitStatus::unavailable,
		.what = std::move(what),
		.found = listing(have),
		.needed = "the release, series, glob ('6.1.*') or build directory of a kernel here",
		.fix = "kcxx kernels, or kcxx kernels get 6.12"};
}

Result<Kernel> of_directory(const std::string &pattern, const std::vector<Kernel> &have)
{
	std::error_code error;
	auto kernel = read_build_directory(fs::canonical(pattern, error));
	if (!kernel)
		return std::unexpected(Error{
			.status = ExitStatus::unavailable,
			.what = "no kernel build directory: " + pattern,
			.found = error ? error.message() : "no include/generated/utsrelease.h",
			.needed = "a directory that modules can be built in",
			.fix = "kcxx kernels lists those that are found by themselves"});
	kernel->origin = "directory";
	const auto *const arch =
		find_architecture<std::string_view>(&Architecture::name, kernel->arch);
	if (arch != nullptr && fs::is_regular_file(kernel->build / arch->image, error))
		kernel->image = kernel->build / arch->image;
	for (const auto &other : have)
		if (fs::equivalent(other.build, kernel->build, error))
			return other;
	return std::move(*kernel);
}

std::vector<Kernel> matching(const std::string &pattern, const std::vector<Kernel> &have,
			     bool boots)
{
	std::vector<Kernel> found;
	if (pattern == "all") {
		std::ranges::copy_if(have, std::back_inserter(found),
				     [&](const Kernel &kernel) { return usable(kernel, boots); });
		return found;
	}
	for (const auto &kernel : have)
		if (!kernel.build.empty() &&
		    (kernel.release == pattern ||
		     fnmatch(pattern.c_str(), kernel.release.c_str(), 0) == 0))
			found.push_back(kernel);
	if (!found.empty())
		return found;
	// A series selects its newest kernel on each arch: the last one, because @have is sorted.
	for (const auto &kernel : have) {
		if (series_of(kernel.release) != pattern || kernel.build.empty())
			continue;
		const auto older = std::ranges::find(found, kernel.arch, &Kernel::arch);
		if (older != found.end())
			*older = kernel;
		else
			found.push_back(kernel);
	}
	return found;
}

std::vector<ChosenKernel> labelled(const std::vector<Kernel> &kernels)
{
	std::vector<ChosenKernel> chosen;
	const auto taken = [&](const std::string &label) {
		return std::ranges::find(chosen, label, &ChosenKernel::label) != chosen.end();
	};
	for (const auto &kernel : kernels) {
		std::string label = kernel.release;
		if (taken(label))
			label += "-" + kernel.arch;
		const std::string base = label;
		for (unsigned number = 2; taken(label); ++number)
			label = fmt::format("{}-{}", base, number);
		chosen.push_back({.kernel = kernel, .label = std::move(label)});
	}
	return chosen;
}

} // namespace

Result<std::vector<ChosenKernel>> choose_kernels(const std::vector<std::string> &patterns,
						 const std::vector<Kernel> &have, bool boots)
{
	std::vector<Kernel> kernels;
	const auto add = [&](const Kernel &kernel) {
		if (std::ranges::find(kernels, kernel.build, &Kernel::build) == kernels.end())
			kernels.push_back(kernel);
	};
	for (const auto &pattern : patterns.empty() ? std::vector<std::string>{"all"} : patterns) {
		if (pattern.contains('/')) {
			const auto kernel = TRY(of_directory(pattern, have));
			add(kernel);
			continue;
		}
		const auto found = matching(pattern, have, boots);
		if (found.empty())
			return std::unexpected(no_kernel(
				pattern == "all" ? "no kernel to build for and to boot"
						 : fmt::format("no kernel here is '{}'", pattern),
				have));
		std::ranges::for_each(found, add);
	}
	return labelled(kernels);
}

Result<std::vector<std::string>> choose_compilers(const std::vector<std::string> &names,
						  const fs::path &kbuild)
{
	std::vector<std::string> compilers;
	const auto add = [&](std::string name) {
		if (!name.empty() && std::ranges::find(compilers, name) == compilers.end())
			compilers.push_back(std::move(name));
	};
	for (const auto &name : names) {
		if (name != "all") {
			add(name);
			continue;
		}
		const auto found = TRY(
			run({.argv = {"sh", (kbuild / "../survey/survey.sh").string(), "--compilers"}}));
		for (const auto line : std::views::split(found.output, '
'))
			add(std::string(std::string_view(line)));
	}
	if (!names.empty() && compilers.empty())
		return std::unexpected(Error{.status = ExitStatus::unavailable,
					     .what = "no C++ compiler is installed",
					     .found = "no g++ and no clang++ in PATH",
					     .needed = "GCC or Clang",
					     .fix = "apt-get install g++-12"});
	if (compilers.empty())
		compilers.emplace_back("default");
	return compilers;
}

} // namespace kcxx::matrix
