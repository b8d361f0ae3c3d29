// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Keeps the modules and the results of pairs in kcxx's cache, for a later run whose output
// directory is new: in CI, or after its removal.
#pragma once

#include "matrix/model.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kcxx::matrix
{

/**
 * An entry is found by the project and its contents, the output directory, kernel, compiler,
 * definitions, environment and kcxx. It lists what the build has read besides, see BuildInputs, and
 * is taken only if nothing of that has changed. Only pairs are kept all of whose modules are good:
 * an error is found anew each time. Boots are never kept.
 */
class PairCache
{
public:
	/** Returns the cache for the pairs of @matrix; nothing if they cannot be kept: with boots,
	 * or for projects of Kbuild alone, whose builds have no list of what they read. */
	static std::optional<PairCache> of(const Matrix &matrix,
					   const std::filesystem::path &kbuild,
					   const std::vector<std::string> &definitions);

	/** Fills @pair and its directory with kept results. Returns false if there are none. */
	[[nodiscard]] bool take(Pair &pair) const;

	/** Keeps the results of @pair. A cache that cannot be written is no reason to fail. */
	void keep(const Pair &pair) const;

private:
	PairCache() = default;
	[[nodiscard]] std::filesystem::path entry_of(const Pair &pair) const;

	std::filesystem::path directory_;
	std::filesystem::path project_;
	std::filesystem::path output_;
	std::string content_; // of the project, when the run began
	std::string inputs_;
	std::filesystem::file_time_type begun_;
};

} // namespace kcxx::matrix
