// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/crash_places.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace kcxx
{

namespace
{

constexpr size_t most_places = 5;
constexpr std::string_view sanitizer_rule = "=========="; // above and below a sanitizer's report

// Returns whether a file is of the module itself, and not a header of the library, the compiler or
// the kernel.
bool is_own(const SourcePlace &place)
{
	constexpr std::array<std::string_view, 6> foreign = {"/kbuild/include/", "/kbuild/helpers/",
							     "/include/c++/",    "/linux-headers-",
							     "/include/linux/",  "/include/asm"};
	return std::ranges::none_of(
		foreign, [&place](std::string_view folder) { return place.file.contains(folder); });
}

// Returns the end of the trace that the complaint in @begin begins.
std::vector<LogLine>::const_iterator end_of_trace(std::vector<LogLine>::const_iterator begin,
						  std::vector<LogLine>::const_iterator end)
{
	return std::find_if(begin, end, [](const LogLine &line) {
		return line.text.contains("---[ end trace") ||
		       line.text.starts_with(sanitizer_rule);
	});
}

// Returns the places of the first complaint of this kind in the log: those in the module's own
// files, or all.
std::vector<std::string> places_of(Complaint complaint, const GuestReport &report,
				   SourcePlaces &places)
{
	const auto begin = std::ranges::find(report.log, complaint, &LogLine::complaint);
	std::vector<SourcePlace> all;
	for (const auto &line : std::ranges::subrange(begin, end_of_trace(begin, report.log.end())))
		if (line.source == Source::kernel &&
		    !line.text.contains(" ? ")) // rests of older calls
			std::ranges::move(places.of_line(line.text), std::back_inserter(all));
	if (std::ranges::any_of(all, is_own))
		std::erase_if(all, std::not_fn(is_own));
	std::vector<std::string> texts;
	for (const auto &place : all)
		if (const auto text = "at " + place.text();
		    std::ranges::find(texts, text) == texts.end())
			texts.push_back(text);
	texts.resize(std::min(texts.size(), most_places));
	return texts;
}

// The beginnings of the lines that follow in the trace of an allocation that fails.
constexpr std::array<std::string_view, 14> trace_words = {
	"name fail", "CPU: ", "Tainted: ", "Hardware name: ", "Call ", " ",
	// The registers of the program that called the kernel
	"RIP: ", "Code: ", "RSP: ", "RAX: ", "RDX: ", "RBP: ", "R10: ", "R13: "};

// Returns the place of the last allocation that failed.
std::optional<std::string> last_fault(const GuestReport &report, SourcePlaces &places)
{
	FaultTrace trace;
	std::optional<std::string> last;
	for (const auto &line : report.log)
		if (line.source == Source::kernel)
			if (auto place = trace.take(places, line.text))
				last = std::move(place);
	return last;
}

} // namespace

std::vector<std::string> places_in_line(SourcePlaces &places, std::string_view line)
{
	std::vector<std::string> texts;
	for (const auto &place : places.of_line(line))
		texts.push_back(place.text());
	return texts;
}

std::optional<std::string> FaultTrace::take(SourcePlaces &places, std::string_view line)
{
	if (line.starts_with("FAULT_INJECTION: forcing a failure")) {
		inside_ = true;
		found_ = false;
	} else if (inside_)
		inside_ = std::ranges::any_of(trace_words, [line](std::string_view word) {
			return line.starts_with(word);
		});
	if (!inside_ || found_)
		return std::nullopt;
	const auto all = places.of_line(line);
	const auto own = std::ranges::find_if(all, is_own);
	found_ = own != all.end();
	return found_ ? std::optional(own->text()) : std::nullopt;
}

void add_places(std::vector<Finding> &findings, const GuestReport &report, SourcePlaces &places)
{
	for (auto &finding : findings) {
		if (finding.complaint == Complaint::none)
			continue;
		auto texts = places_of(finding.complaint, report, places);
		if (report.failing && !report.faults)
			if (const auto place = last_fault(report, places))
				texts.push_back("failed: the allocation at " + *place);
		finding.quotes.insert(finding.quotes.begin(), texts.begin(), texts.end());
	}
}

} // namespace kcxx
