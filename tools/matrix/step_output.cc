// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/step_output.hpp"

#include "matrix/json_text.hpp"
#include "system/printable.hpp"

#include <fmt/core.h>
#include <ranges>

namespace kcxx::matrix
{

namespace
{

void read_requirement(const Json &requirement, CheckAnswer &answer)
{
	const auto status = text_of(requirement, "status");
	if (status != "failed" && status != "warning" && status != "excluded")
		return;
	const auto problem = text_of(requirement, "problem");
	const auto found = text_of(requirement, "found");
	const auto needed = text_of(requirement, "needed");
	answer.text += fmt::format("{}{}\n  found:  {}\n  needed: {}\n  fix:    {}\n",
				   status == "warning" ? "warning: " : "", problem, found, needed,
				   text_of(requirement, "fix"));
	if (status != "warning")
		answer.reason +=
			fmt::format("{}{} (found {}, needed {})", answer.reason.empty() ? "" : "; ",
				    problem, found, needed);
}

// Returns whether @line begins an error of a compiler, make or kcxx, and so explains more than the
// last line.
bool is_error(Stage stage, std::string_view line)
{
	if (stage == Stage::boot || stage == Stage::inspect)
		return line.starts_with("kcxx: ") && !line.starts_with("kcxx: ok");
	return line.contains("error: ") || line.contains("*** kcxx: ") ||
	       line.contains("ERROR: ") || line.contains("cannot find ") ||
	       line.starts_with("kcxx: ");
}

std::string_view trimmed(std::string_view line)
{
	while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
		line.remove_prefix(1);
	while (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
		line.remove_suffix(1);
	return line;
}

// Returns the first problem after @label in a report of kcxx inspect, whose lines may be wrapped;
// "" if there is none.
std::string problem_in(std::string_view report, std::string_view label)
{
	const auto at = report.find(label);
	if (at == std::string_view::npos)
		return "";
	std::string text;
	for (const auto part : std::views::split(report.substr(at + label.size()), '\n')) {
		const std::string_view line(part);
		if (!text.empty() && !line.starts_with(std::string(label.size() - 1, ' ')))
			break;
		text.append(text.empty() ? "" : " ").append(trimmed(line));
	}
	return text;
}

// Returns the error of a compiler, make, CMake or kcxx, or else the last line.
std::string error_line(Stage stage, std::string_view output)
{
	std::string best;
	std::string_view previous;
	bool paragraph = false; // CMake prints the place, and its message below
	for (const auto part : std::views::split(output, '\n')) {
		const auto line = trimmed(std::string_view(part));
		if (paragraph && line.empty() && !best.empty())
			break;
		if (paragraph && !line.empty())
			best.append(best.empty() ? "" : " ").append(line);
		if (!line.empty() && !line.starts_with("make"))
			previous = line;
		if (!paragraph && line.starts_with("CMake Error"))
			paragraph = true;
		else if (!paragraph && is_error(stage, line))
			return std::string(line);
	}
	return best.empty() ? std::string(previous) : best;
}

} // namespace

CheckAnswer read_check(std::string_view output)
{
	CheckAnswer answer;
	try {
		const auto report = Json::parse(output);
		const auto &cxx = report.at("cxx");
		answer.cxx = text_of(cxx, "command");
		answer.cc = text_of(report.at("cc"), "command");
		if (!text_of(cxx, "family").empty())
			answer.version = text_of(cxx, "family") + " " + text_of(cxx, "version");
		answer.text = fmt::format("{}: kernel {}, {} ({})\n", text_of(report, "verdict"),
					  text_of(report.at("kernel"), "release"), answer.cxx,
					  answer.version);
		for (const auto &requirement : report.at("requirements"))
			read_requirement(requirement, answer);
		answer.understood = true;
	} catch (const Json::exception &) {
		answer.text = std::string(output); // an error message in place of a report
	}
	return answer;
}

std::string failure_in(Stage stage, int status, std::string_view output)
{
	const auto clean = printable(output);
	std::string reason;
	for (const std::string_view label : {"\n  REFUSED  ", "\n  unknown  "})
		if (stage == Stage::inspect && reason.empty())
			reason = problem_in(clean, label);
	if (reason.empty())
		reason = error_line(stage, clean);
	constexpr size_t longest = 300;
	if (reason.size() > longest)
		reason = reason.substr(0, longest - 1) + "…";
	return reason.empty() ? fmt::format("ended with {}", status) : printable(reason);
}

} // namespace kcxx::matrix
