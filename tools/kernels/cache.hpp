// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The kernel cache: kernels/<release>/ with the symlinks build, vmlinuz, modules into root/, or
// into the tree of kcxx's own build.
#pragma once

#include "kernels/kernel.hpp"
#include "system/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** Lists the inputs of the build, in the build directory of a kernel that kcxx built. */
inline constexpr const char *recipe_file = "kcxx-recipe";

/**
 * The cache contains only complete kernels: fetch_kernel() unpacks into partial(), and commit()
 * renames, so readers need no lock. Only one writer at a time may use a partial().
 */
class Cache
{
public:
	explicit Cache(std::filesystem::path directory) : directory_(std::move(directory)) {}

	/**
	 * Opens $KCXX_CACHE, else $XDG_CACHE_HOME/kcxx, else ~/.cache/kcxx. An Error, of status
	 * unavailable, if a user other than this one and root may write there.
	 */
	static Result<Cache> from_environment();

	[[nodiscard]] const std::filesystem::path &directory() const { return directory_; }

	/** Returns the kernels that have a build directory and an image, oldest release first. */
	[[nodiscard]] std::vector<Kernel> kernels() const;

	/** Returns the kernel kernels/@release; nothing if it is missing or incomplete. */
	[[nodiscard]] std::optional<Kernel> read(std::string_view release) const;

	/**
	 * Returns the newest kernel for @arch of the series @wanted that kcxx did not build, or the
	 * kernel with the release @wanted; nothing if there is none.
	 */
	[[nodiscard]] std::optional<Kernel> find(std::string_view wanted,
						 std::string_view arch) const;

	/** Returns an Error, of status unavailable, unless the cache's disk has space for @needed
	 * bytes. */
	[[nodiscard]] Result<void> check_room(std::uintmax_t needed) const;

	/** Returns the directory in which to make kernels/@release before commit(). */
	[[nodiscard]] std::filesystem::path partial(std::string_view release) const;

	/**
	 * Makes the symlinks in partial(@release) and renames it to its place. The arguments are
	 * relative to partial(@release); an empty one makes no symlink.
	 */
	[[nodiscard]] Result<Kernel> commit(std::string_view release,
					    const std::filesystem::path &build,
					    const std::filesystem::path &image,
					    const std::filesystem::path &modules) const;

private:
	std::filesystem::path directory_;
};

} // namespace kcxx
