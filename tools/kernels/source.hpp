// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The distribution's kernel sources in the cache: sources/<package>_<version>/, shared by all
// builds.
#pragma once

#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace kcxx
{

/** An unpacked kernel source tree. */
struct KernelSource {
	std::string package; // "linux-source-6.12_6.12.117-1~deb12u1"
	std::string version; // version in the Makefile: "6.12.117"
	std::filesystem::path tree;
};

/** Returns the newest source tree of @series in @cache, if there is one. */
std::optional<KernelSource> cached_source(const Cache &cache, const std::string &series);

/**
 * Returns the newest source tree of @series in the package sources; fetches and unpacks it if the
 * cache lacks it. Errors: unavailable (no such series, no apt, not enough disk space), download.
 */
Result<KernelSource> fetch_source(const Cache &cache, const std::string &series);

} // namespace kcxx
