// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Building a small kernel of the distribution's sources into the cache.
#pragma once

#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kcxx
{

struct BuildRequest {
	std::string series;                           // "6.12"
	std::string arch;                             // "x86_64"
	bool debug = false;                           // with all the kernel has to find errors
	std::vector<std::filesystem::path> fragments; // of its configuration; the later win
	std::string compiler;                         // "clang-19", "gcc"; empty: the newest Clang
	bool update = false;                          // look for a newer source
	unsigned jobs = 1;
};

struct Built {
	Kernel kernel;
	bool built = false; // false: it was in the cache
};

/**
 * The kernel of @request from the cache, else built. With the kernel in the cache and no update
 * asked for, no network is used. Errors: usage (names, fragments), input (Kconfig does not grant an
 * option), unavailable (programs, room, no such series), download, internal (it does not build).
 */
Result<Built> build_kernel(const Cache &cache, const BuildRequest &request);

} // namespace kcxx
