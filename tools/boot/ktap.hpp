// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads the results of unit tests from the kernel's log (Documentation/dev-tools/ktap.rst).
#pragma once

#include "boot/kernel_log.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx::ktap
{

enum class Outcome {
	passed,
	failed,
	skipped,
	missing, // the case did not end
};

struct Case {
	std::string name; // after the names of the cases around it: "squares/two"
	Outcome outcome = Outcome::passed;
	std::string reason; // for skipping it
	double seconds = 0;
	std::vector<std::string> output; // lines of the log before its result

	/** Returns a short text of the failure, from the line that reports it. */
	[[nodiscard]] std::string failure() const;
};

/** A subtest at the margin of the log, with its cases. */
struct Suite {
	std::string name;
	std::vector<Case> cases;

	[[nodiscard]] size_t count(Outcome outcome) const;
	[[nodiscard]] bool good() const; // nothing failed, nothing is missing
	[[nodiscard]] double seconds() const;
};

std::string_view name_of(Outcome outcome);

/**
 * Returns all suites in @log. Other lines may stand between theirs: a line counts as a result only
 * if its number, its depth and its name are the expected ones.
 */
std::vector<Suite> read(std::span<const LogLine> log);

} // namespace kcxx::ktap
