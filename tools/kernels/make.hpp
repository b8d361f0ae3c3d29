// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Runs Kbuild independently of the environment, and keeps its whole output.
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
	int lock = -1; // children inherit the lock, because they can outlive a killed kcxx
	std::filesystem::path log;

	/**
	 * Makes @goals, and shows the progress of @stage. Errors: Kbuild's first error, with the
	 * name of the log; unavailable if the disk is full; interrupted.
	 */
	[[nodiscard]] Result<void> make(const std::vector<std::string> &goals,
					std::string_view stage) const;
};

} // namespace kcxx
