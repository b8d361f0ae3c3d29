// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The user space of foreign guests: a static busybox for their arch, in the cache.
#pragma once

#include "kernels/apt.hpp"
#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string_view>

namespace kcxx
{

/** Returns the path of the busybox for guests of @arch, which need not exist. */
std::filesystem::path cached_busybox(const Cache &cache, std::string_view arch);

/**
 * Returns the cached busybox for @arch, else fetches the distribution's package with @apt. The
 * first arch of @apt must be @arch, and its lists must be fetched. Errors: unavailable, download.
 */
Result<std::filesystem::path> fetch_busybox(const Cache &cache, Apt &apt, std::string_view arch);

} // namespace kcxx
