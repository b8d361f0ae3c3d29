// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs of Kbuild: nothing of the environment decides what they make, and all they say is kept.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** Kbuild in one source tree, with one build directory. */
struct Kbuild {
	std::filesystem::path source;
	std::filesystem::path build;
	std::vector<std::string> arguments; // ARCH=, LLVM=, ...
	unsigned jobs = 1;
	int lock = -1; // held by what it starts, too: children can outlive a killed kcxx
	std::filesystem::path log;

	/**
	 * Makes @goals, showing the progress of @stage. Errors: the first that was said, and the
	 * log's name; unavailable when the disk is full; interrupted.
	 */
	[[nodiscard]] Result<void> make(const std::vector<std::string> &goals,
					std::string_view stage) const;
};

} // namespace kcxx
