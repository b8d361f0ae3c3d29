// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/junit_report.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

namespace kcxx
{

namespace
{

std::string lines(const std::vector<std::string> &lines)
{
	return fmt::format("{}\n", fmt::join(lines, "\n"));
}

std::string module_names(const GuestReport &report)
{
	std::string names;
	for (const auto &module : report.modules)
		if (module.file.given)
			names += (names.empty() ? "" : " ") + module.file.name;
	return names;
}

// Returns the case for all findings except unit tests, which have cases of their own.
junit::Case boot_case(const GuestReport &report, const std::vector<Finding> &findings)
{
	junit::Case boot{.class_name = "boot",
			 .name = module_names(report),
			 .seconds = report.duration.count()};
	for (const auto &finding : findings) {
		if (finding.status == ExitStatus::tests && !finding.quotes.empty())
			continue;
		if (boot.outcome == junit::Outcome::passed) {
			boot.outcome = junit::Outcome::failed;
			boot.type = describe(finding.status).name;
			boot.message = finding.text;
		}
		boot.details += finding.text + "\n";
		for (const auto &quote : finding.quotes)
			boot.details += "  | " + quote + "\n";
	}
	for (const auto &line : report.log)
		boot.output += line.text + "\n";
	return boot;
}

junit::Case to_case(const ktap::Suite &suite, const ktap::Case &test)
{
	junit::Case view{.class_name = suite.name,
			 .name = test.name,
			 .seconds = test.seconds,
			 .output = lines(test.output)};
	switch (test.outcome) {
	case ktap::Outcome::passed:
		break;
	case ktap::Outcome::skipped:
		view.outcome = junit::Outcome::skipped;
		view.message = test.reason;
		break;
	case ktap::Outcome::failed:
	case ktap::Outcome::missing:
		view.outcome = junit::Outcome::failed;
		view.type = ktap::name_of(test.outcome);
		view.message = test.failure();
		view.details = lines(test.output);
		break;
	}
	return view;
}

} // namespace

junit::Report to_junit(const GuestReport &report, const std::vector<Finding> &findings)
{
	junit::Report view{.name = report.release, .seconds = report.duration.count()};
	view.suites.push_back({.name = "boot",
			       .seconds = report.duration.count(),
			       .cases = {boot_case(report, findings)}});
	for (const auto &suite : report.suites) {
		junit::Suite cases{.name = suite.name, .seconds = suite.seconds()};
		for (const auto &test : suite.cases)
			cases.cases.push_back(to_case(suite, test));
		view.suites.push_back(std::move(cases));
	}
	return view;
}

junit::Report to_junit(const std::vector<std::string> &modules, const Error &error)
{
	junit::Case boot{.class_name = "boot",
			 .name = fmt::format("{}", fmt::join(modules, " ")),
			 .outcome = junit::Outcome::failed,
			 .type = std::string(describe(error.status).name),
			 .message = error.what,
			 .details = fmt::format("{}\nfound:  {}\nneeded: {}\n", error.what,
						error.found, error.needed)};
	return {.name = "boot", .suites = {{.name = "boot", .cases = {std::move(boot)}}}};
}

} // namespace kcxx
