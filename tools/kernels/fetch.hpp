// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Fetches a distribution's kernel into the cache, without installing it.
#pragma once

#include "kernels/cache.hpp"
#include "system/error.hpp"

#include <string>

namespace kcxx
{

struct FetchRequest {
	std::string wanted;  // a series ("6.12") or a release ("6.12.117+deb12-amd64")
	std::string arch;    // "x86_64"
	std::string suite;   // of Debian's, such as "sid", to search as well; empty: none
	bool update = false; // search for a newer one even if the cache has the series
};

struct Fetched {
	Kernel kernel;
	bool downloaded = false; // false: it was in the cache
};

/**
 * Returns the kernel of @request from the cache, else from the distribution's packages. If the
 * cache has the kernel and no update is requested, runs no program and uses no network. Errors:
 * usage (neither series nor release), unavailable (no such kernel or arch, no apt, not enough disk
 * space), download.
 */
Result<Fetched> fetch_kernel(const Cache &cache, const FetchRequest &request);

} // namespace kcxx
