// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A problem of a module.
#pragma once

#include <string>
#include <string_view>

namespace kcxx
{

enum class Gravity {
	warning, // the module loads
	unknown, // not known here whether the module loads
	refused, // the kernel refuses to load it
};

/** Returns "warning", "unknown" or "refused". */
constexpr std::string_view to_string(Gravity gravity)
{
	if (gravity == Gravity::refused)
		return "refused";
	return gravity == Gravity::unknown ? "unknown" : "warning";
}

struct Problem {
	Gravity gravity = Gravity::refused;
	std::string_view kind; // for programs: "missing-symbol"
	std::string subject;   // the symbol or section; empty: the module itself
	std::string text;
};

} // namespace kcxx
