// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The kernel cache: kernels/<release>/ with the symlinks build, vmlinuz, modules into root/, or
// into the tree that kcxx built it in.
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

/** In the build directory of a kernel that kcxx built: what it was built from and with. */
inline constexpr const char *recipe_file = "kcxx-recipe";

/**
 * A kernel is in the cache only whole: it is unpacked into partial() and renamed by commit(), so
 * no reader ever needs a lock. Only one writer at a time may hold a partial().
 */
class Cache
{
public:
	explicit Cache(std::filesystem::path directory) : directory_(std::move(directory)) {}

	/**
	 * $KCXX_CACHE, else $XDG_CACHE_HOME/kcxx, else ~/.cache/kcxx. An Error, of status
	 * unavailable, where another user than this one and root may write there.
	 */
	static Result<Cache> from_environment();

	[[nodiscard]] const std::filesystem::path &directory() const { return directory_; }

	/** The kernels in it that have a build directory and an image, oldest release first. */
	[[nodiscard]] std::vector<Kernel> kernels() const;

	/** The kernel kernels/@release; its release is empty unless it is there and whole. */
	[[nodiscard]] Kernel read(std::string_view release) const;

	/**
	 * The newest kernel for @arch whose series is @wanted, of those that kcxx did not build, or
	 * the one whose release it is; its release is empty when there is none.
	 */
	[[nodiscard]] Kernel find(std::string_view wanted, std::string_view arch) const;

	/** An Error, of status unavailable, unless the cache's disk has room for @needed bytes. */
	[[nodiscard]] Result<void> check_room(std::uintmax_t needed) const;

	/** Where kernels/@release is made before commit(). */
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
