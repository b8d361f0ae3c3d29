// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/judge_tests.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace kcxx
{

namespace
{

bool ran(const GuestReport &report, const std::string &suite)
{
	return std::ranges::find(report.suites, suite, &ktap::Suite::name) != report.suites.end();
}

// KUnit runs the suites of a module while the kernel loads it.
bool began_a_suite(const ModuleResult &module)
{
	return std::ranges::any_of(module.load_log, [](const std::string &line) {
		return line.contains("# Subtest: ");
	});
}

Finding not_run(const ModuleFile &module, const std::string &what)
{
	return {ExitStatus::tests,
		fmt::format("{} in {} did not run: no result in the log", what, module.name),
		{}};
}

void judge_suite(const ktap::Suite &suite, std::vector<Finding> &findings)
{
	if (suite.good())
		return;
	const auto failed = suite.count(ktap::Outcome::failed);
	Finding finding{ExitStatus::tests,
			fmt::format("unit tests of {}: {} of {} failed", suite.name, failed,
				    suite.cases.size()),
			{}};
	for (const auto &test : suite.cases) {
		if (test.outcome == ktap::Outcome::missing)
			finding.text = fmt::format("unit tests of {} broke off: {} did not come "
						   "to its end",
						   suite.name, test.name);
		if (test.outcome == ktap::Outcome::missing || test.outcome == ktap::Outcome::failed)
			finding.quotes.push_back(fmt::format("{}: {}", test.name, test.failure()));
	}
	findings.push_back(std::move(finding));
}

} // namespace

void judge_tests(const GuestReport &report, std::vector<Finding> &findings)
{
	for (const auto &suite : report.suites)
		judge_suite(suite, findings);
	for (const auto &module : report.modules) {
		if (!module.file.given || !module.load || module.load->error != 0)
			continue; // already a finding
		for (const auto &suite : module.file.suites)
			if (!ran(report, suite))
				findings.push_back(not_run(module.file, "unit tests of " + suite));
		if (module.file.kunit && !began_a_suite(module))
			findings.push_back(not_run(module.file, "unit tests"));
	}
}

} // namespace kcxx
