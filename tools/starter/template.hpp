// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The files of templates/starter/, which the program contains.
#pragma once

#include <span>
#include <string_view>

namespace kcxx::starter
{

/** A file of a new project; @kind is "every" if all kinds of projects have it. */
struct Template {
	std::string_view kind;
	std::string_view name;
	std::string_view text; // mustache
};

std::span<const Template> embedded_templates();

/** Returns the text of cmake/reserved-module-names.txt. */
std::string_view reserved_names();

} // namespace kcxx::starter
