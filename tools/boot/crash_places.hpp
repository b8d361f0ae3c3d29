// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The places in the modules' sources at which a kernel oopsed or warned.
#pragma once

#include "boot/report.hpp"
#include "module/source_places.hpp"

#include <string>
#include <vector>

namespace kcxx
{

/** Returns the places of @line: of functions of the modules, the innermost first, a text each. */
std::vector<std::string> places_in_line(SourcePlaces &places, std::string_view line);

/** Puts in front of the quotes of each crash and warning in @findings where in the modules' sources
 * it was. */
void add_places(std::vector<Finding> &findings, const GuestReport &report, SourcePlaces &places);

} // namespace kcxx
