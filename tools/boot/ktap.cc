// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/ktap.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <iterator>
#include <numeric>
#include <optional>
#include <ranges>
#include <utility>

namespace kcxx::ktap
{

namespace
{

constexpr size_t indent_width = 4;

bool take(std::string_view &text, std::string_view prefix)
{
	if (!text.starts_with(prefix))
		return false;
	text.remove_prefix(prefix.size());
	return true;
}

std::optional<size_t> take_number(std::string_view &text)
{
	size_t number = 0;
	const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
	if (error != std::errc{})
		return std::nullopt;
	text.remove_prefix(static_cast<size_t>(end - text.data()));
	return number;
}

// "not ok 3 name # SKIP reason"
struct ResultLine {
	Outcome outcome = Outcome::passed;
	size_t number = 0;
	std::string name;
	std::string reason;
};

std::optional<ResultLine> parse_result(std::string_view text)
{
	constexpr std::string_view skip = " # SKIP";
	ResultLine result;
	if (take(text, "not ok "))
		result.outcome = Outcome::failed;
	else if (!take(text, "ok "))
		return std::nullopt;
	const auto number = take_number(text);
	if (!number || !take(text, " "))
		return std::nullopt;
	result.number = *number;
	take(text, "- ");
	if (const auto at = text.rfind(skip); at != std::string_view::npos) {
		if (result.outcome == Outcome::passed)
			result.outcome = Outcome::skipped;
		auto reason = text.substr(at + skip.size());
		take(reason, " ");
		result.reason = reason;
		text = text.substr(0, at);
	}
	result.name = text;
	return result;
}

// "1..3"
std::optional<size_t> parse_plan(std::string_view text)
{
	if (!take(text, "1.."))
		return std::nullopt;
	const auto planned = take_number(text);
	return text.empty() ? planned : std::nullopt;
}

// "# name: runs", which <kernel/kunit.hpp> prints before each case
std::optional<std::string> parse_runs(std::string_view text)
{
	constexpr std::string_view runs = ": runs";
	if (!take(text, "# ") || !text.ends_with(runs))
		return std::nullopt;
	return std::string(text.substr(0, text.size() - runs.size()));
}

// Returns whether @line reports a failure: "    # case: EXPECTATION FAILED at file:line".
bool is_failure(const std::string &line)
{
	const auto indent = std::min(line.find_first_not_of(' '), line.size());
	auto text = std::string_view(line).substr(indent);
	return indent > 0 && take(text, "# ") &&
	       (text.contains(" FAILED") || text.contains("failed to initialize"));
}

// A subtest that has no result yet
struct Open {
	std::string name;
	std::optional<size_t> planned;
	size_t results = 0;
	size_t before = 0; // cases of the suite when it began
};

class Reader
{
public:
	void feed(const LogLine &line);
	std::vector<Suite> finish();

private:
	bool structure(size_t depth, std::string_view text);
	bool result(size_t depth, const ResultLine &line);
	void open(size_t depth, std::string_view name);
	void close(const ResultLine &line);
	void add(Case test);
	void abandon();
	[[nodiscard]] std::string path(const std::string &name) const;
	Open *level_at(size_t depth);
	[[nodiscard]] static bool due(const Open &level, size_t number);

	std::vector<Suite> suites_;
	std::vector<Open> open_;  // from the margin inwards; the first is the last of suites_
	std::optional<Open> top_; // opened by "KTAP version 1" at the margin
	std::optional<std::string> running_;
	std::vector<std::string> output_;
	double now_ = 0;
	double since_ = 0;
};

// Returns the subtest that lines of @depth belong to; nullptr if none is open.
Open *Reader::level_at(size_t depth)
{
	if (depth != open_.size())
		return nullptr;
	if (depth > 0)
		return &open_.back();
	return top_ ? &*top_ : nullptr;
}

bool Reader::due(const Open &level, size_t number)
{
	return number == level.results + 1 && (!level.planned || number <= *level.planned);
}

std::string Reader::path(const std::string &name) const
{
	std::string path;
	for (size_t level = 1; level < open_.size(); ++level)
		path += open_[level].name + "/";
	return path + name;
}

void Reader::add(Case test)
{
	test.seconds = std::max(0.0, now_ - std::exchange(since_, now_));
	test.output = std::exchange(output_, {});
	running_.reset();
	suites_.back().cases.push_back(std::move(test));
}

// Ends a test run that crashed: adds a missing case for the innermost open subtest, or for the next
// planned suite.
void Reader::abandon()
{
	if (!open_.empty()) {
		const auto &inner = open_.back();
		const auto planned = inner.planned.value_or(0);
		const auto name = running_.value_or(
			planned > 0 ? fmt::format("case {} of {}", inner.results + 1, planned)
				    : fmt::format("case {}", inner.results + 1));
		// A subtest with all planned results lacks only its own result.
		add({.name = inner.planned == inner.results && !running_ ? path("its end")
									 : path(name),
		     .outcome = Outcome::missing});
	} else if (const auto planned = top_ ? top_->planned.value_or(0) : 0;
		   planned > 0 && planned > top_->results) {
		suites_.push_back(
			{.name = fmt::format("suite {} of {}", top_->results + 1, planned)});
		add({.name = suites_.back().name, .outcome = Outcome::missing});
	}
	open_.clear();
	top_.reset();
}

void Reader::open(size_t depth, std::string_view name)
{
	if (depth == 1) {
		if (!open_.empty())
			abandon();
		suites_.push_back({.name = std::string(name)});
	}
	open_.push_back({.name = std::string(name), .before = suites_.back().cases.size()});
	output_.clear();
	running_.reset();
	since_ = now_;
}

// Ends the innermost subtest. Its result becomes a case only if no case within it has failed.
void Reader::close(const ResultLine &line)
{
	const auto ended = std::move(open_.back());
	open_.pop_back();
	auto &cases = suites_.back().cases;
	const bool inside_failed = std::any_of(
		cases.begin() + static_cast<std::ptrdiff_t>(ended.before), cases.end(),
		[](const Case &test) {
			return test.outcome == Outcome::failed || test.outcome == Outcome::missing;
		});
	if (const auto planned = ended.planned.value_or(0); planned > ended.results)
		add({.name = path(
			     fmt::format("{} to {} of {}", ended.results + 1, planned, ended.name)),
		     .outcome = Outcome::missing});
	else if ((line.outcome == Outcome::failed && !inside_failed) || ended.results == 0)
		add({.name = path(line.name), .outcome = line.outcome, .reason = line.reason});
	output_.clear();
	if (!open_.empty())
		++open_.back().results;
	else if (top_)
		++top_->results;
}

bool Reader::result(size_t depth, const ResultLine &line)
{
	if (depth + 1 == open_.size() && open_.back().name == line.name) {
		close(line);
		return true;
	}
	if (depth != open_.size())
		return false;
	if (depth > 0 && due(open_.back(), line.number)) {
		add({.name = path(line.name), .outcome = line.outcome, .reason = line.reason});
		++open_.back().results;
		return true;
	}
	// A suite that could not begin has no subtest.
	if (depth == 0 && top_ && due(*top_, line.number)) {
		suites_.push_back({.name = line.name});
		add({.name = line.name, .outcome = line.outcome, .reason = line.reason});
		++top_->results;
		return true;
	}
	return false;
}

// Returns whether the line is part of the KTAP format.
bool Reader::structure(size_t depth, std::string_view text)
{
	if (text == "KTAP version 1") {
		if (depth == 0) {
			abandon();
			top_.emplace();
			output_.clear();
		}
		return true;
	}
	if (const auto planned = parse_plan(text)) {
		Open *const level = level_at(depth);
		if (level == nullptr || level->planned)
			return false;
		level->planned = planned;
		return true;
	}
	if (const auto line = parse_result(text))
		return result(depth, *line);
	if (depth == 0)
		return false;
	if (auto name = parse_runs(text); name && depth == open_.size()) {
		running_ = std::move(name);
		return true;
	}
	if (take(text, "# Subtest: ") && (depth == open_.size() + 1 || depth == 1)) {
		open(depth, text);
		return true;
	}
	return text.starts_with("# module: ") && depth == open_.size();
}

void Reader::feed(const LogLine &line)
{
	if (line.source != Source::kernel)
		return;
	const std::string_view text = line.text;
	const auto indent = std::min(text.find_first_not_of(' '), text.size());
	now_ = line.seconds.value_or(now_);
	if (indent % indent_width == 0 && structure(indent / indent_width, text.substr(indent)))
		return;
	if (!open_.empty() || top_)
		output_.push_back(line.text);
}

std::vector<Suite> Reader::finish()
{
	abandon();
	return std::move(suites_);
}

} // namespace

std::string_view name_of(Outcome outcome)
{
	switch (outcome) {
	case Outcome::passed:
		return "passed";
	case Outcome::failed:
		return "failed";
	case Outcome::skipped:
		return "skipped";
	case Outcome::missing:
		return "missing";
	}
	return "";
}

std::string Case::failure() const
{
	if (outcome == Outcome::missing)
		return "it did not come to its end";
	const auto first = std::ranges::find_if(output, is_failure);
	if (first == output.end())
		return "it failed";
	auto text = first->substr(first->find("# ") + 2);
	const auto own = name.substr(name.rfind('/') + 1) + ": ";
	if (text.starts_with(own))
		text.erase(0, own.size());
	// The values are in the lines after the failure.
	for (const auto &line : std::ranges::subrange(std::next(first), output.end())) {
		const auto indent = line.find_first_not_of(' ');
		if (indent == std::string::npos || indent == 0 || line[indent] == '#')
			break;
		if (text.ends_with("but"))
			text += " ";
		else
			text += text.contains(": ") ? ", " : ": ";
		text += line.substr(indent);
	}
	return text;
}

size_t Suite::count(Outcome outcome) const
{
	return static_cast<size_t>(std::ranges::count(cases, outcome, &Case::outcome));
}

bool Suite::good() const
{
	return count(Outcome::failed) == 0 && count(Outcome::missing) == 0;
}

double Suite::seconds() const
{
	return std::accumulate(cases.begin(), cases.end(), 0.0,
			       [](double sum, const Case &test) { return sum + test.seconds; });
}

std::vector<Suite> read(std::span<const LogLine> log)
{
	Reader reader;
	for (const auto &line : log)
		reader.feed(line);
	return reader.finish();
}

} // namespace kcxx::ktap
