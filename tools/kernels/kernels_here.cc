// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/kernels_here.hpp"

#include "kernels/cache.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace kcxx
{

namespace fs = std::filesystem;

Result<std::vector<Kernel>> kernels_here(const fs::path &root)
{
	const auto cache = TRY(Cache::from_environment());
	auto kernels = installed_kernels(root);
	std::ranges::move(cache.kernels(), std::back_inserter(kernels));
	sort_by_release(kernels);
	return kernels;
}

std::optional<Kernel> kernel_of_release(std::string_view release, std::string_view arch)
{
	auto kernels = kernels_here();
	if (!kernels)
		return std::nullopt;
	const auto found = std::ranges::find_if(*kernels, [&](const Kernel &kernel) {
		return kernel.release == release && kernel.arch == arch && !kernel.build.empty();
	});
	return found == kernels->end() ? std::nullopt : std::optional(std::move(*found));
}

Result<Kernel> find_kernel(const std::string &wanted, std::string_view arch)
{
	std::optional<Kernel> found;
	std::string there;
	if (std::error_code error; fs::is_directory(wanted, error)) {
		found = read_build_directory(fs::absolute(wanted, error));
		if (!found)
			return std::unexpected(
				Error{.status = ExitStatus::unavailable,
				      .what = "--kernel names no kernel build directory",
				      .found = wanted + ", without the release of a kernel",
				      .needed = "a directory modules are built with, as "
						"/lib/modules/<release>/build"});
		if (found->arch == arch || found->arch.empty())
			return std::move(*found);
		there = fmt::format("{} is for {}", found->release, found->arch);
		found.reset();
	} else {
		auto kernels = TRY(kernels_here());
		for (auto &kernel : kernels) {
			there += (there.empty() ? "" : ", ") + kernel.release;
			// A series selects only kernels of the distribution; kernels that kcxx
			// built need their release.
			const bool of_series =
				series_of(kernel.release) == wanted && kernel.origin != "built";
			if (kernel.arch == arch && (kernel.release == wanted || of_series))
				found = std::move(kernel);
		}
	}
	if (!found)
		return std::unexpected(
			Error{.status = ExitStatus::unavailable,
			      .what = fmt::format("no kernel {} for {}", wanted, arch),
			      .found = there.empty() ? "no kernels" : there,
			      .needed = fmt::format("a kernel for {}: a release, a series or a "
						    "build directory",
						    arch),
			      .fix = fmt::format("kcxx kernels get {} {}", wanted, arch)});
	return std::move(*found);
}

} // namespace kcxx
