// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The distribution's kernel sources, in the cache: sources/<package>_<version>/, shared by all that
// is built of them.
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
	std::string version; // what its Makefile says: "6.12.117"
	std::filesystem::path tree;
};

/** The newest source tree of @series in @cache, if there is one. */
std::optional<KernelSource> cached_source(const Cache &cache, const std::string &series);

/**
 * The newest source tree of @series that the package sources have, fetched and unpacked if the
 * cache lacks it. Errors: unavailable (no such series, no apt, not enough room), download.
 */
Result<KernelSource> fetch_source(const Cache &cache, const std::string &series);

} // namespace kcxx
