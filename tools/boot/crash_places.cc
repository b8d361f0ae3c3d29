// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/crash_places.hpp"

#include <algorithm>
#include <ranges>

namespace kcxx
{

namespace
{

constexpr size_t most_places = 5;

// Returns whether a file is of the module itself, and not a header of the library, the compiler or
// the kernel.
bool is_own(const SourcePlace &place)
{
	return !place.file.contains("/kbuild/include/") && !place.file.contains("/include/c++/") &&
	       !place.file.contains("/linux-headers-");
}

// Returns the end of the trace that the complaint in @begin begins.
std::vector<LogLine>::const_iterator end_of_trace(std::vector<LogLine>::const_iterator begin,
						  std::vector<LogLine>::const_iterator end)
{
	return std::find_if(begin, end, [](const LogLine &line) {
		return line.text.contains("---[ end trace");
	});
}

// Returns the places of the first complaint of this kind in the log: those in the module's own
// files, or all.
std::vector<std::string> places_of(Complaint complaint, const GuestReport &report,
				   SourcePlaces &places)
{
	const auto begin = std::ranges::find_if(report.log, [complaint](const LogLine &line) {
		return line.source == Source::kernel && complaint_in(line.text) == complaint;
	});
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

} // namespace

std::vector<std::string> places_in_line(SourcePlaces &places, std::string_view line)
{
	std::vector<std::string> texts;
	for (const auto &place : places.of_line(line))
		texts.push_back(place.text());
	return texts;
}

void add_places(std::vector<Finding> &findings, const GuestReport &report, SourcePlaces &places)
{
	for (auto &finding : findings) {
		if (finding.status != ExitStatus::oops && finding.status != ExitStatus::warning)
			continue;
		const auto texts = places_of(
			finding.status == ExitStatus::oops ? Complaint::oops : Complaint::warning,
			report, places);
		finding.quotes.insert(finding.quotes.begin(), texts.begin(), texts.end());
	}
}

} // namespace kcxx
