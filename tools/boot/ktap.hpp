// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The results of unit tests, read off the kernel's log (Documentation/dev-tools/ktap.rst).
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
	missing, // it did not come to its end
};

struct Case {
	std::string name; // with those of the cases around it: "squares/two"
	Outcome outcome = Outcome::passed;
	std::string reason; // why it is skipped
	double seconds = 0;
	std::vector<std::string> said; // what the log has until its result

	/** The line that says what failed, as short as it is; empty if nothing does. */
	[[nodiscard]] std::string failure() const;
};

/** What the log has between its subtest's begin and its end at the margin. */
struct Suite {
	std::string name;
	std::vector<Case> cases;

	[[nodiscard]] size_t count(Outcome outcome) const;
	[[nodiscard]] bool good() const; // nothing failed, nothing is missing
	[[nodiscard]] double seconds() const;
};

std::string_view name_of(Outcome outcome);

/**
 * All suites in @log. Other lines may stand between theirs: one counts as a result only where one
 * is due, by its number, its depth and its name.
 */
std::vector<Suite> read(std::span<const LogLine> log);

} // namespace kcxx::ktap
