// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A report in JUnit's XML, which CI servers read.
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
	std::string type;    // kind of failure
	std::string message; // reason for the failure or the skip, in a line
	std::string details; // lines about the failure
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

/** Returns @report as XML. Replaces characters that XML cannot contain. */
std::string to_xml(const Report &report);

} // namespace kcxx::junit
