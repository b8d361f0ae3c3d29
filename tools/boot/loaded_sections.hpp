// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The sections of loaded modules in the guest's memory, as the kernel prints them once its loader
// (func move_module) has been asked for them by dynamic debug.
#pragma once

#include "boot/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

/** Reads the lines that the loader prints of each module. */
class SectionLines
{
public:
	/** Adds what @line prints to @sections. Returns whether it is such a line. */
	bool take(std::string_view line, std::vector<LoadedSection> &sections);

private:
	std::string module_; // whose sections follow
};

/** Returns @line, and behind an address that is its end the section and the module that it was in:
 * "    0xffffffffc0201234 .text+0x234 [pump]". The last load counts. */
std::string with_section(std::string_view line, const std::vector<LoadedSection> &sections);

} // namespace kcxx
