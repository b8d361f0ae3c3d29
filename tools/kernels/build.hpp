// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Builds a small kernel from the distribution's sources into the cache.
#pragma once

#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

struct BuildRequest {
	std::string series;    // "6.12"
	std::string arch;      // "x86_64"
	std::string sanitizer; // of a kernel with debugging, from sanitizers(); empty: without it
	std::vector<std::filesystem::path> fragments; // of the configuration; the last one wins
	std::string compiler;                         // "clang-19", "gcc"; empty: the newest Clang
	bool update = false;                          // search for a newer source
	unsigned jobs = 1;
};

/** The sanitizer of a kernel with debugging for which none is chosen. */
inline constexpr std::string_view default_sanitizer = "kasan";

/** Returns the sanitizers, of which a kernel with debugging has one. */
std::vector<std::string> sanitizers();

struct Built {
	Kernel kernel;
	bool built = false; // false: it was in the cache
};

/**
 * Returns the kernel of @request from the cache, or builds it. If the cache has the kernel and no
 * update is requested, uses no network. Errors: usage (names, fragments), input (Kconfig does not
 * grant an option), unavailable (programs, disk space, no such series), download, internal (the
 * build fails).
 */
Result<Built> build_kernel(const Cache &cache, const BuildRequest &request);

} // namespace kcxx
