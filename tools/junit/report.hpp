// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A report as CI servers read it: JUnit's XML.
#pragma once

#include <string>
#include <vector>

namespace kcxx::junit
{

enum class Outcome {
	passed,
	failed,
	skipped,
};

struct Case {
	std::string class_name;
	std::string name;
	double seconds = 0;
	Outcome outcome = Outcome::passed;
	std::string type;    // of failure
	std::string message; // why it failed or is skipped, in a line
	std::string details; // of the failure, as many lines as needed
	std::string output;
};

struct Suite {
	std::string name;
	double seconds = 0;
	std::vector<Case> cases;
};

struct Report {
	std::string name;
	double seconds = 0;
	std::vector<Suite> suites;
};

/** Any text may be in @report: what XML cannot hold is replaced. */
std::string to_xml(const Report &report);

} // namespace kcxx::junit
