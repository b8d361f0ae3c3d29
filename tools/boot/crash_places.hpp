// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The places in the modules' sources at which a kernel oopsed or warned.
#pragma once

#include "boot/report.hpp"
#include "module/source_places.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** Returns the places of @line: of functions of the modules, the innermost first, a text each. */
std::vector<std::string> places_in_line(SourcePlaces &places, std::string_view line);

/** Recognises the traces that the kernel prints of allocations that it lets fail. */
class FaultTrace
{
public:
	/** Takes a line of the kernel's. Returns the place of the allocation in the modules' own
	 * sources with the first line that has it. */
	std::optional<std::string> take(SourcePlaces &places, std::string_view line);

	/** Returns whether the last line that was taken is one of such a trace. */
	[[nodiscard]] bool is_trace() const { return inside_; }

private:
	bool inside_ = false;
	bool found_ = false; // the place of this trace
};

/** Puts in front of the quotes of each crash and warning in @findings where in the modules' sources
 * it was. */
void add_places(std::vector<Finding> &findings, const GuestReport &report, SourcePlaces &places);

} // namespace kcxx
