// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "junit/report.hpp"

#include "junit/template.hpp"
#include "system/printable.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <kainjow/mustache.hpp>

namespace kcxx::junit
{

namespace
{

using kainjow::mustache::data;

data flag(bool value)
{
	return data(value ? data::type::bool_true : data::type::bool_false);
}

size_t count(const Suite &suite, Outcome outcome)
{
	return static_cast<size_t>(std::ranges::count(suite.cases, outcome, &Case::outcome));
}

void set_counts(data &view, size_t tests, size_t failures, size_t skips, double seconds)
{
	view.set("tests", fmt::format("{}", tests));
	view.set("failures", fmt::format("{}", failures));
	view.set("skips", fmt::format("{}", skips));
	view.set("time", fmt::format("{:.3f}", seconds));
}

data to_view(const Case &test)
{
	data view;
	view.set("class", printable(test.class_name));
	view.set("name", printable(test.name));
	view.set("time", fmt::format("{:.3f}", test.seconds));
	view.set("failed", flag(test.outcome == Outcome::failed));
	view.set("skipped", flag(test.outcome == Outcome::skipped));
	view.set("type", printable(test.type));
	view.set("message", printable(test.message));
	view.set("details", printable(test.details));
	view.set("said", printable(test.output));
	return view;
}

data to_view(const Suite &suite)
{
	data view;
	view.set("name", printable(suite.name));
	set_counts(view, suite.cases.size(), count(suite, Outcome::failed),
		   count(suite, Outcome::skipped), suite.seconds);
	data cases(data::type::list);
	for (const auto &test : suite.cases)
		cases << to_view(test);
	view.set("cases", cases);
	return view;
}

} // namespace

std::string to_xml(const Report &report)
{
	data view;
	data suites(data::type::list);
	size_t tests = 0;
	size_t failures = 0;
	size_t skips = 0;
	for (const auto &suite : report.suites) {
		suites << to_view(suite);
		tests += suite.cases.size();
		failures += count(suite, Outcome::failed);
		skips += count(suite, Outcome::skipped);
	}
	view.set("name", printable(report.name));
	set_counts(view, tests, failures, skips, report.seconds);
	view.set("suites", suites);
	return kainjow::mustache::mustache{std::string(page_template)}.render(view);
}

} // namespace kcxx::junit
