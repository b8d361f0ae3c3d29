// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The user space of foreign guests: a static busybox of their arch, in the cache.
#pragma once

#include "kernels/apt.hpp"
#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string_view>

namespace kcxx
{

/** Where the busybox for guests of @arch is, or would be. */
std::filesystem::path cached_busybox(const Cache &cache, std::string_view arch);

/**
 * The cached busybox for @arch, else from the distribution's package by @apt, whose first arch is
 * @arch and whose lists are fetched. Errors: unavailable, download.
 */
Result<std::filesystem::path> fetch_busybox(const Cache &cache, Apt &apt, std::string_view arch);

} // namespace kcxx
